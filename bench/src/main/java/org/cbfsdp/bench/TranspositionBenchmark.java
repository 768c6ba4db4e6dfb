package org.cbfsdp.bench;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.cbfsdp.payload.DumpBlock;
import org.cbfsdp.payload.ElementLayout;
import org.cbfsdp.payload.Transposition;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The transposition in both directions, against a plain copy of the same heaps; the figure {@code gigabytes} is GB of
 * heap a second.
 *
 * <p>One operation is one heap of a dump of 64 stations (2080 baselines), 256 channels and four polarisations; heaps of fewer
 * channels than the dump walk through its channels one after the other, as the streams of a receiver do.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TranspositionBenchmark {
    private static final int BASELINES = 2080;
    private static final int CHANNELS = 256;
    private static final int POLARISATIONS = 4;
    private static final int[] MAP = IntStream.range(0, POLARISATIONS).toArray();

    /** Channels in a heap. */
    @Param({"16", "256"})
    public int heapChannels;

    private DumpBlock dump;
    private ByteBuffer[] heaps;
    private HeapView[] payloads;
    private ByteBuffer copy;
    private int next;

    /** One dump, its heaps, and one more heap as the plain copy's target. */
    @Setup
    public void allocate() {
        dump = new DumpBlock(BASELINES, CHANNELS, POLARISATIONS);
        int streams = CHANNELS / heapChannels;
        int bytes =
                heapChannels * BASELINES * ElementLayout.standard(POLARISATIONS).elementBytes();
        heaps = new ByteBuffer[streams];
        payloads = new HeapView[streams];
        for (int i = 0; i < streams; i++) {
            heaps[i] = ByteBuffer.allocateDirect(bytes);
            for (int b = 0; b < bytes; b++) {
                heaps[i].put(b, (byte) (b * 31));
            }
            payloads[i] = new HeapView(heaps[i], heapChannels, BASELINES, ElementLayout.standard(POLARISATIONS));
        }
        copy = ByteBuffer.allocateDirect(bytes * streams);
        dump.reset();
    }

    /** Heap moved, which JMH divides by the time of the iteration. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Bytes {
        /** In units of 10^9 bytes. */
        public double gigabytes;

        /** Every iteration counts for itself. */
        @Setup(Level.Iteration)
        public void zero() {
            gigabytes = 0;
        }
    }

    /** What memory allows: every heap into one block, byte for byte. */
    @Benchmark
    public ByteBuffer plainCopy(Bytes bytes) {
        ByteBuffer heap = heaps[next];
        copy.put(next * heap.capacity(), heap, 0, heap.capacity());
        return counted(copy, bytes);
    }

    /** Receiver: heap to dump. */
    @Benchmark
    public DumpBlock toSetOrder(Bytes bytes) {
        Transposition.toSetOrder(payloads[next], dump, next * heapChannels, MAP, true);
        return counted(dump, bytes);
    }

    /** Sender: dump to heap. */
    @Benchmark
    public long toHeapOrder(Bytes bytes) {
        long partlyFlagged = Transposition.toHeapOrder(dump, next * heapChannels, heapChannels, MAP, true, heaps[next]);
        return counted(partlyFlagged, bytes);
    }

    private <T> T counted(T result, Bytes bytes) {
        bytes.gigabytes += heaps[next].capacity() / 1e9;
        next = (next + 1) % heaps.length;
        return result;
    }
}
