package org.spead.recv.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.spead.WirePacket;
import org.spead.agent.AgentRunner;
import org.spead.agent.IdleStrategy;
import org.spead.recv.OverflowPolicy;
import org.spead.recv.ReceiveConfig;
import org.spead.transport.PacketSource;
import org.spead.transport.memory.MemoryLink;

/** The example of docs/spead-chunks.md: it compiles, it does what is said, and the page has it word for word. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ChunkExampleTest {
    private static final int TIMESTAMP = 0x1600;
    private static final int SOURCE_ID = 0x4101;
    private static final int HEAP_BYTES = 64;
    private static final int SOURCES = 3;

    private final List<String> consumed = new ArrayList<>();

    private void consume(Chunk chunk) {
        consumed.add(chunk.chunkId() + ": " + chunk.presentHeaps() + " of " + chunk.heapCount());
    }

    private void receive(PacketSource source) throws InterruptedException {
        // example:begin
        ChunkPlacement placement = heap -> {
            long time = heap.item(0);
            long sourceId = heap.item(1);
            if (heap.heapLength() == HEAP_BYTES && time >= 0 && sourceId >= 0 && sourceId < SOURCES) {
                heap.place(time / 100, sourceId, sourceId * HEAP_BYTES);
            }
        };
        ChunkConfig config = ChunkConfig.builder(placement)
                .items(TIMESTAMP, SOURCE_ID)
                .maxChunks(2)
                .build();

        ChunkRings rings = new ChunkRings(new ChunkRing(8), new ChunkRing(8), OverflowPolicy.BLOCK);
        for (int i = 0; i < 8; i++) {
            rings.addFreeChunk(new Chunk(SOURCES * HEAP_BYTES, SOURCES));
        }
        ChunkReceiveStream stream =
                ChunkReceiveStream.alone(ReceiveConfig.defaults(), config, List.of(source), rings, rings);
        try (AgentRunner runner = new AgentRunner(
                        "recv-0", List.of(stream), IdleStrategy.backoff(), (agent, fault) -> stream.stop())
                .start()) {
            while (!rings.dataRing().isEnded()) {
                try (Chunk chunk = rings.dataRing().take(TimeUnit.SECONDS.toNanos(1))) {
                    if (chunk != null) {
                        consume(chunk);
                    }
                }
            }
            runner.join();
        }
        // example:end
    }

    @Test
    void shouldReceiveChunks() throws InterruptedException {
        MemoryLink link = new MemoryLink("link", 100);
        long cnt = 1;
        for (long time : new long[] {0, 100, 300}) {
            for (int sourceId = 0; sourceId < SOURCES; sourceId++) {
                if (time != 100 || sourceId != 1) {
                    TestHeaps.send(
                            link.sink(),
                            WirePacket.of(48, cnt++, HEAP_BYTES, 0, new byte[HEAP_BYTES])
                                    .immediate(TIMESTAMP, time)
                                    .immediate(SOURCE_ID, sourceId));
                }
            }
        }
        TestHeaps.send(link.sink(), WirePacket.stop(48, cnt));
        receive(link.source());
        assertThat(consumed).containsExactly("0: 3 of 3", "1: 2 of 3", "3: 3 of 3");
    }

    @Test
    void shouldBeShownInTheDocumentationAsItIs() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("src/test/java/org/spead/recv/chunk/ChunkExampleTest.java"));
        int begin = lines.indexOf("        // example:begin");
        int end = lines.indexOf("        // example:end");
        String example = String.join("\n", lines.subList(begin + 1, end)).stripIndent();
        assertThat(Files.readString(Path.of("../docs/spead-chunks.md"))).contains("```java\n" + example + "\n```");
    }
}
