package org.spead.passthrough;

import java.io.IOException;
import org.junit.jupiter.api.Nested;
import org.spead.transport.UdpSinkOptions;
import org.spead.transport.UdpSourceOptions;
import org.spead.transport.memory.MemoryLink;
import org.spead.transport.nio.UdpSink;
import org.spead.transport.nio.UdpSource;

/** The contract over every transport: one nested class each. */
class PassthroughTest {
    @Nested
    class Memory extends PassthroughContract {
        @Override
        Road open(int substreams) {
            SourceRoad road = new SourceRoad();
            for (int i = 0; i < substreams; i++) {
                MemoryLink link = new MemoryLink("link-" + i, 1000);
                road.add(link.sink(), link.source());
            }
            return road;
        }
    }

    @Nested
    class Buffer extends PassthroughContract {
        @Override
        Road open(int substreams) {
            return new BufferRoad(substreams);
        }
    }

    @Nested
    class UdpV4 extends PassthroughContract {
        @Override
        Road open(int substreams) throws IOException {
            return udp("127.0.0.1", substreams);
        }
    }

    @Nested
    class UdpV6 extends PassthroughContract {
        @Override
        Road open(int substreams) throws IOException {
            return udp("::1", substreams);
        }
    }

    private static Road udp(String host, int substreams) throws IOException {
        SourceRoad road = new SourceRoad();
        for (int i = 0; i < substreams; i++) {
            UdpSource source = new UdpSource(host, 0, UdpSourceOptions.DEFAULT);
            road.add(new UdpSink(host, source.port(), UdpSinkOptions.DEFAULT), source);
        }
        return road;
    }
}
