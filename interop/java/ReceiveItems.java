import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.spead.agent.Agent;
import org.spead.item.Item;
import org.spead.item.ItemGroup;
import org.spead.item.ItemUpdate;
import org.spead.recv.BufferPool;
import org.spead.recv.Heap;
import org.spead.recv.HeapSink;
import org.spead.recv.IncompleteHeap;
import org.spead.recv.ReceiveConfig;
import org.spead.recv.ReceiveStream;
import org.spead.transport.UdpSourceOptions;
import org.spead.transport.nio.UdpSource;

/**
 * Receives one stream and prints a line for each heap and each updated item: identifier, name, element type, shape, and the
 * SHA-256 of the elements in C order and this machine's byte order.
 */
public final class ReceiveItems implements HeapSink {
    private final ItemGroup items = new ItemGroup();

    private ReceiveItems() {}

    /** Arguments: port, largest heap in bytes. */
    public static void main(String[] arguments) throws IOException {
        int largest = Integer.parseInt(arguments[1]);
        UdpSourceOptions options = UdpSourceOptions.DEFAULT.withMaxPacketBytes(65_507);
        try (UdpSource source = new UdpSource("127.0.0.1", Integer.parseInt(arguments[0]), options)) {
            ReceiveConfig config = ReceiveConfig.builder().maxHeapBytes(largest).build();
            ReceiveStream stream =
                    new ReceiveStream(config, List.of(source), new ReceiveItems(), new BufferPool(4L * largest));
            System.out.println("Ready: port " + source.port());
            int work = 0;
            while (work != Agent.DONE) {
                work = stream.doWork();
            }
            stream.onClose();
        }
    }

    @Override
    public void heap(Heap heap) {
        try (heap) {
            ItemUpdate update = items.update(heap.items());
            System.out.printf("heap\t%d\t%s\t%s%n", heap.cnt(), heap.flavour(), update.fault());
            for (Item item : update.updated()) {
                System.out.printf(
                        "item\t%d\t%s\t%s\t%s\t%s%n",
                        item.id(), item.name(), item.value().dtype(), item.value().shape(), sha256(item));
            }
        }
    }

    @Override
    public void incompleteHeap(IncompleteHeap heap) {
        System.out.println("incomplete");
    }

    @Override
    public void endOfStream() {
        System.out.println("end");
    }

    private static String sha256(Item item) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(item.value().bytes());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
