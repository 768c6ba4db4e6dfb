package org.cbfsdp.transpose;

import java.nio.ByteBuffer;

/** {@code element_transposer_jni.cpp}; all buffers are direct and were checked. */
final class ElementTransposerJni {
    private ElementTransposerJni() {}

    static native int abi();

    static native void toSetOrder(
            ByteBuffer elements,
            int channels,
            int baselines,
            int elementBytes,
            int fdOffset,
            int visOffset,
            ByteBuffer visibilities,
            ByteBuffer flags,
            ByteBuffer fdSums,
            int setChannels,
            int polarisations,
            int firstChannel,
            boolean flagWhereFdZero);

    static native long toHeapOrder(
            ByteBuffer visibilities,
            ByteBuffer flags,
            int setChannels,
            int polarisations,
            int firstChannel,
            ByteBuffer elements,
            int channels,
            int baselines,
            boolean fdFromFlags);
}
