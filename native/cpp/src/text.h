// Java strings and arrays to C++ values and back. Texts are true UTF-8 on the C++ side, not JNI's modified form.
#pragma once

#include <casacore/casa/Arrays/IPosition.h>
#include <casacore/casa/BasicSL/String.h>
#include <jni.h>

#include <string>
#include <vector>

namespace cbfsdp {

// Bytes that are not UTF-8 become U+FFFD.
jstring toJava(JNIEnv* env, const std::string& utf8);
jobjectArray toJava(JNIEnv* env, const std::vector<casacore::String>& texts);
jlongArray toJava(JNIEnv* env, const std::vector<jlong>& numbers);

// A null reference is an IllegalArgumentException; lone surrogates become U+FFFD.
std::string toUtf8(JNIEnv* env, jstring text);
std::vector<casacore::String> toUtf8(JNIEnv* env, jobjectArray texts);

std::vector<jlong> toVector(JNIEnv* env, jlongArray numbers);
std::vector<jint> toVector(JNIEnv* env, jintArray numbers);

casacore::IPosition toPosition(const std::vector<jlong>& extents);
std::vector<jlong> toExtents(const casacore::IPosition& position);
std::string toText(const casacore::IPosition& position);

}  // namespace cbfsdp
