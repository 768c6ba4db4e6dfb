// org.cbfsdp.net.ErrnoJni
#include <cerrno>
#include <cstring>
#include <locale.h>

#include "registration.h"

namespace cbfsdp {

namespace {

struct Name {
    jint number;
    const char* constant;
};

// The constants of Errno.java.
#define NAMED(constant) {constant, #constant}
constexpr Name kNames[] = {
    NAMED(EPERM),
    NAMED(EIO),
    NAMED(EBADF),
    NAMED(EACCES),
    NAMED(EINVAL),
    NAMED(EMSGSIZE),
    NAMED(ENOPROTOOPT),
    NAMED(EOPNOTSUPP),
    NAMED(EAFNOSUPPORT),
    NAMED(EADDRINUSE),
    NAMED(EADDRNOTAVAIL),
    NAMED(ENETDOWN),
    NAMED(ENETUNREACH),
    NAMED(ENOBUFS),
    NAMED(ECONNREFUSED),
    NAMED(EHOSTUNREACH),
};
#undef NAMED

// The words are those of the C locale: ASCII, so modified UTF-8 as well, and the same for every user. The JVM's own locale is
// that of its environment.
jstring JNICALL text(JNIEnv* env, jclass, jint number) {
    static const locale_t plain = newlocale(LC_ALL_MASK, "C", nullptr);
    return env->NewStringUTF(plain == nullptr ? "no text" : strerror_l(number, plain));
}

// Null for a number that has no constant.
jstring JNICALL name(JNIEnv* env, jclass, jint number) {
    for (const Name& each : kNames) {
        if (each.number == number) {
            return env->NewStringUTF(each.constant);
        }
    }
    return nullptr;
}

const JNINativeMethod kMethods[] = {
    method("text", "(I)Ljava/lang/String;", text),
    method("name", "(I)Ljava/lang/String;", name),
};

}  // namespace

bool registerErrno(JNIEnv* env) {
    return registerMethods(env, "org/cbfsdp/net/ErrnoJni", kMethods);
}

}  // namespace cbfsdp
