// org.cbfsdp.net.ErrnoJni
#include <string>
#include <system_error>

#include "registration.h"

namespace cbfsdp {

namespace {

// The system's words are ASCII in the C locale, which a JVM leaves for messages; so they are modified UTF-8 as well.
jstring JNICALL text(JNIEnv* env, jclass, jint number) {
    try {
        return env->NewStringUTF(std::generic_category().message(number).c_str());
    } catch (const std::exception&) {
        return env->NewStringUTF("no text");
    }
}

const JNINativeMethod kMethods[] = {
    method("text", "(I)Ljava/lang/String;", text),
};

}  // namespace

bool registerErrno(JNIEnv* env) {
    return registerMethods(env, "org/cbfsdp/net/ErrnoJni", kMethods);
}

}  // namespace cbfsdp
