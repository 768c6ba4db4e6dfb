#include "guard.h"

#include <casacore/casa/Exceptions/Error.h>
#include <cxxabi.h>

#include <cstdlib>
#include <memory>
#include <new>
#include <typeinfo>

#include "open_table.h"
#include "text.h"

namespace cbfsdp {

namespace {

std::string typeName(const std::exception& error) {
    int status = 0;
    const std::unique_ptr<char, decltype(&std::free)> name(
        abi::__cxa_demangle(typeid(error).name(), nullptr, nullptr, &status), &std::free);
    return name ? name.get() : typeid(error).name();
}

void throwObject(JNIEnv* env, jclass type, jobject exception) {
    if (type != nullptr && exception != nullptr) {
        env->Throw(static_cast<jthrowable>(exception));
    }
}

void throwPlain(JNIEnv* env, const char* className, const std::string& message) {
    jstring text = toJava(env, message);
    jclass type = env->FindClass(className);
    checkPending(env);
    jmethodID constructor = env->GetMethodID(type, "<init>", "(Ljava/lang/String;)V");
    checkPending(env);
    throwObject(env, type, env->NewObject(type, constructor, text));
}

void throwCasacore(JNIEnv* env, const std::string& cppType, const std::string& where, const std::string& message) {
    jstring cppTypeText = toJava(env, cppType);
    jstring whereText = toJava(env, where);
    jstring messageText = toJava(env, message);
    jclass type = env->FindClass("org/casacore/CasacoreException");
    checkPending(env);
    jmethodID constructor =
        env->GetMethodID(type, "<init>", "(Ljava/lang/String;Ljava/lang/String;Ljava/lang/String;)V");
    checkPending(env);
    throwObject(env, type, env->NewObject(type, constructor, cppTypeText, whereText, messageText));
}

void throwOutOfMemory(JNIEnv* env) {
    jclass type = env->FindClass("java/lang/OutOfMemoryError");
    if (type != nullptr) {
        env->ThrowNew(type, "native memory, in casacore");
    }
}

void raise(JNIEnv* env, const Place& place) {
    try {
        throw;
    } catch (const PendingJavaException&) {
        // Java has it already.
    } catch (const JavaError& error) {
        throwPlain(env, error.className(), error.what());
    } catch (const casacore::AllocError&) {
        throwOutOfMemory(env);
    } catch (const std::bad_alloc&) {
        throwOutOfMemory(env);
    } catch (const std::exception& error) {
        throwCasacore(env, typeName(error), describe(place), error.what());
    } catch (...) {
        throwCasacore(env, "unknown", describe(place), "a C++ exception of no standard type");
    }
}

}  // namespace

void checkPending(JNIEnv* env) {
    if (env->ExceptionCheck()) {
        throw PendingJavaException();
    }
}

std::mutex& casacoreMutex() {
    // Never destroyed: a Java thread may still be inside while the process runs its exit handlers.
    static auto* mutex = new std::mutex();
    return *mutex;
}

void raiseInJava(JNIEnv* env, const Place& place) noexcept {
    try {
        raise(env, place);
    } catch (const PendingJavaException&) {
        // Making the exception failed with one of Java's own, which is the one to show.
    } catch (...) {
        throwOutOfMemory(env);
    }
}

}  // namespace cbfsdp
