// One table of native methods a Java class, handed to the JVM when the library is loaded.
#pragma once

#include <jni.h>

#include <cstddef>

namespace cbfsdp {

// jni.h wants pointers to char that it does not write through.
template <typename Function>
JNINativeMethod method(const char* name, const char* signature, Function* function) {
    return {const_cast<char*>(name), const_cast<char*>(signature), reinterpret_cast<void*>(function)};
}

// False, with a Java exception pending, if the class or one of the methods is not there.
template <std::size_t N>
bool registerMethods(JNIEnv* env, const char* className, const JNINativeMethod (&methods)[N]) {
    jclass type = env->FindClass(className);
    return type != nullptr && env->RegisterNatives(type, methods, static_cast<jint>(N)) == JNI_OK;
}

bool registerArrayColumn(JNIEnv* env);
bool registerCasacore(JNIEnv* env);
bool registerKeywords(JNIEnv* env);
bool registerScalarColumn(JNIEnv* env);
bool registerTable(JNIEnv* env);
bool registerTableDescription(JNIEnv* env);

bool registerErrno(JNIEnv* env);
bool registerLinuxThread(JNIEnv* env);
bool registerLinuxSocket(JNIEnv* env);
bool registerMessageVector(JNIEnv* env);

}  // namespace cbfsdp
