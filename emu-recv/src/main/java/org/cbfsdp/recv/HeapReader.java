package org.cbfsdp.recv;

import java.util.function.Function;
import java.util.function.Supplier;
import org.cbfsdp.icd.IcdHeapDecoder;
import org.cbfsdp.payload.PayloadFault;
import org.cbfsdp.payload.VisibilityPayload;
import org.spead.recv.Heap;

/**
 * Reads the heaps of one stream, whatever their layout. Called by the router thread.
 *
 * @param decode the payload of a heap, to be released, or null when it has none
 * @param fault why the last heap had none
 */
record HeapReader(Function<Heap, VisibilityPayload> decode, Supplier<PayloadFault> fault) {
    /** A reader of the interface's own heaps. */
    static HeapReader ofInterface() {
        IcdHeapDecoder decoder = new IcdHeapDecoder();
        return new HeapReader(decoder::decode, decoder::fault);
    }
}
