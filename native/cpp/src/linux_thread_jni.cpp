// org.cbfsdp.net.LinuxThreadJni
#include <cerrno>
#include <sched.h>

#include "registration.h"

namespace cbfsdp {

namespace {

// Gives the calling thread a real-time priority, round robin; 0 when done, or -errno.
jint JNICALL roundRobin(JNIEnv*, jclass, jint priority) {
    sched_param wanted{};
    wanted.sched_priority = priority;
    // 0 is the calling thread. Threads that it starts do not inherit what only it is to have.
    return sched_setscheduler(0, SCHED_RR | SCHED_RESET_ON_FORK, &wanted) == 0 ? 0 : -errno;
}

// The calling thread's real-time priority; 0 when it has none, or -errno.
jint JNICALL priority(JNIEnv*, jclass) {
    sched_param current{};
    return sched_getparam(0, &current) == 0 ? current.sched_priority : -errno;
}

const JNINativeMethod kMethods[] = {
    method("roundRobin", "(I)I", roundRobin),
    method("priority", "()I", priority),
};

}  // namespace

bool registerLinuxThread(JNIEnv* env) {
    return registerMethods(env, "org/cbfsdp/net/LinuxThreadJni", kMethods);
}

}  // namespace cbfsdp
