package org.cbfsdp.icd;

/** Which heaps of a stream have the descriptors of its items. */
public enum DescriptorPlacement {
    /** Every data heap, so that it can be read by itself; the original emulator does so. */
    EVERY_HEAP,
    /**
     * The heap that starts the stream, together with the values that never change; data heaps have only what changes or says
     * where they belong. A receiver that missed the start reads them by the interface's own types.
     */
    START_HEAP
}
