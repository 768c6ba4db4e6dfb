// org.cbfsdp.net.LinuxThreadJni
#include <cerrno>
#include <cstddef>
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

// Lets the calling thread run on one processor and no other; 0 when done, or -errno.
jint JNICALL bind(JNIEnv*, jclass, jint processor) {
    if (processor < 0) {
        return -EINVAL;
    }
    // By its number, as a machine may have more processors than a cpu_set_t holds.
    cpu_set_t* only = CPU_ALLOC(static_cast<std::size_t>(processor) + 1);
    if (only == nullptr) {
        return -ENOMEM;
    }
    const std::size_t bytes = CPU_ALLOC_SIZE(static_cast<std::size_t>(processor) + 1);
    CPU_ZERO_S(bytes, only);
    CPU_SET_S(static_cast<std::size_t>(processor), bytes, only);
    const jint outcome = sched_setaffinity(0, bytes, only) == 0 ? 0 : -errno;
    CPU_FREE(only);
    return outcome;
}

const JNINativeMethod kMethods[] = {
    method("roundRobin", "(I)I", roundRobin),
    method("priority", "()I", priority),
    method("bind", "(I)I", bind),
};

}  // namespace

bool registerLinuxThread(JNIEnv* env) {
    return registerMethods(env, "org/cbfsdp/net/LinuxThreadJni", kMethods);
}

}  // namespace cbfsdp
