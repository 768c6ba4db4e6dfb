// What every native method is wrapped in: the process-wide lock, and the turning of C++ exceptions into Java ones.
#pragma once

#include <jni.h>

#include <exception>
#include <mutex>
#include <string>

namespace cbfsdp {

// A Java exception wanted by this bridge's own checks.
class JavaError : public std::exception {
public:
    JavaError(const char* className, std::string message)
        : className_(className), message_(std::move(message)) {}
    const char* className() const { return className_; }
    const char* what() const noexcept override { return message_.c_str(); }

private:
    const char* className_;
    std::string message_;
};

inline JavaError illegalArgument(const std::string& message) {
    return {"java/lang/IllegalArgumentException", message};
}

inline JavaError illegalState(const std::string& message) {
    return {"java/lang/IllegalStateException", message};
}

inline JavaError outOfBounds(const std::string& message) {
    return {"java/lang/IndexOutOfBoundsException", message};
}

// A JNI call has already raised a Java exception; only the way out is left.
class PendingJavaException {};

// Throws PendingJavaException if the last JNI call raised something.
void checkPending(JNIEnv* env);

// What an error message is prefixed with: a table, perhaps a column of it, or a path.
struct Place {
    jlong table = 0;
    jint column = -1;
    std::string path = {};
};

// casacore keeps process-wide caches that are not thread-safe; this lock is held round every call into it.
std::mutex& casacoreMutex();

// Turns the C++ exception being handled into a pending Java exception. Call with the lock held.
void raiseInJava(JNIEnv* env, const Place& place) noexcept;

// Runs the body under the lock; nothing thrown in it leaves, since an exception that did would end the JVM.
template <typename Body>
auto guarded(JNIEnv* env, const Place& place, Body&& body) noexcept -> decltype(body()) {
    const std::lock_guard<std::mutex> lock(casacoreMutex());
    try {
        return body();
    } catch (...) {
        raiseInJava(env, place);
    }
    return decltype(body())();
}

}  // namespace cbfsdp
