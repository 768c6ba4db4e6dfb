// Entry point of libcbfsdp_net.so.
#include "registration.h"

extern "C" JNIEXPORT jint JNICALL JNI_OnLoad(JavaVM* vm, void*) {
    constexpr jint version = JNI_VERSION_1_8;
    void* env = nullptr;
    if (vm->GetEnv(&env, version) != JNI_OK) {
        return JNI_ERR;
    }
    auto* jni = static_cast<JNIEnv*>(env);
    const bool registered = cbfsdp::registerErrno(jni) && cbfsdp::registerLinuxThread(jni) && cbfsdp::registerLinuxSocket(jni)
                            && cbfsdp::registerMessageVector(jni);
    return registered ? version : JNI_ERR;
}
