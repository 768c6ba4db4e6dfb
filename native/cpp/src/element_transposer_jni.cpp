// org.cbfsdp.transpose.ElementTransposerJni, and the entry point of libcbfsdp_transpose.so.
#include <jni.h>

#include "abi.h"
#include "element_transposer.h"
#include "registration.h"

namespace cbfsdp {

namespace {

template <typename T = char>
T* address(JNIEnv* env, jobject buffer) {
    return static_cast<T*>(env->GetDirectBufferAddress(buffer));
}

jint JNICALL abi(JNIEnv*, jclass) {
    return kTransposeAbi;
}

void JNICALL toSetOrderJni(
    JNIEnv* env, jclass, jobject elements, jint channels, jint baselines, jint elementBytes, jint fdOffset,
    jint visOffset, jobject visibilities, jobject flags, jobject fdSums, jint setChannels, jint polarisations,
    jint firstChannel, jboolean flagWhereFdZero) {
    const HeapElements heap{address(env, elements), channels, baselines, elementBytes, fdOffset, visOffset};
    const SetRows rows{
        address(env, visibilities), address(env, flags), address<std::int64_t>(env, fdSums), setChannels, firstChannel};
    toSetOrder(heap, rows, polarisations, flagWhereFdZero == JNI_TRUE);
}

jlong JNICALL toHeapOrderJni(
    JNIEnv* env, jclass, jobject visibilities, jobject flags, jint setChannels, jint polarisations, jint firstChannel,
    jobject elements, jint channels, jint baselines, jboolean fdFromFlags) {
    const HeapElements heap{address(env, elements), channels, baselines, 2 + 8 * polarisations, 1, 2};
    const SetRows rows{address(env, visibilities), address(env, flags), nullptr, setChannels, firstChannel};
    return toHeapOrder(rows, heap, polarisations, fdFromFlags == JNI_TRUE);
}

const JNINativeMethod kMethods[] = {
    method("abi", "()I", abi),
    method(
        "toSetOrder",
        "(Ljava/nio/ByteBuffer;IIIIILjava/nio/ByteBuffer;Ljava/nio/ByteBuffer;Ljava/nio/ByteBuffer;IIIZ)V",
        toSetOrderJni),
    method("toHeapOrder", "(Ljava/nio/ByteBuffer;Ljava/nio/ByteBuffer;IIILjava/nio/ByteBuffer;IIZ)J", toHeapOrderJni),
};

}  // namespace

}  // namespace cbfsdp

extern "C" JNIEXPORT jint JNICALL JNI_OnLoad(JavaVM* vm, void*) {
    constexpr jint version = JNI_VERSION_1_8;
    void* env = nullptr;
    if (vm->GetEnv(&env, version) != JNI_OK) {
        return JNI_ERR;
    }
    const bool registered = cbfsdp::registerMethods(
        static_cast<JNIEnv*>(env), "org/cbfsdp/transpose/ElementTransposerJni", cbfsdp::kMethods);
    return registered ? version : JNI_ERR;
}
