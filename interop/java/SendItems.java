import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.spead.item.Descriptor;
import org.spead.item.Flavour;
import org.spead.item.FormatField;
import org.spead.item.Item;
import org.spead.item.ItemGroup;
import org.spead.item.NumpyHeader;
import org.spead.item.Shape;
import org.spead.send.HeapBuilder;
import org.spead.send.HeapGenerator;
import org.spead.send.HeapGenerator.Include;
import org.spead.send.SendConfig;
import org.spead.send.SendStream;
import org.spead.transport.PacketSink;
import org.spead.transport.UdpSinkOptions;
import org.spead.transport.nio.UdpSink;

/** Sends heaps of items as a plan says: lines of fields between tabs, written by the test; values lie in files. */
public final class SendItems {
    private final ItemGroup items = new ItemGroup();
    private final HeapGenerator generator;
    private final Flavour flavour;
    private final SendStream stream;
    private boolean repeatPointers;

    private SendItems(Flavour flavour, SendStream stream) {
        this.flavour = flavour;
        this.stream = stream;
        this.generator = new HeapGenerator(items, flavour);
    }

    /** Arguments: host, port, plan, address bits, bytes a packet, bytes/s. */
    public static void main(String[] arguments) throws IOException {
        SendConfig config = SendConfig.builder()
                .maxPacketBytes(Integer.parseInt(arguments[4]))
                .rateBytesPerSecond(Long.parseLong(arguments[5]))
                .burstBytes(Integer.parseInt(arguments[4]))
                .build();
        try (PacketSink sink = new UdpSink(arguments[0], Integer.parseInt(arguments[1]), UdpSinkOptions.DEFAULT)) {
            Flavour flavour = new Flavour(Integer.parseInt(arguments[3]));
            SendItems sender = new SendItems(flavour, new SendStream("send-0", config, sink));
            for (String line : Files.readAllLines(Path.of(arguments[2]))) {
                sender.obey(line.split("\t"));
            }
        }
    }

    private void obey(String[] words) throws IOException {
        switch (words[0]) {
            case "numpy" -> add(
                    Descriptor.numpy(id(words), words[2], "a numpy item", NumpyHeader.parse(words[3])), words[4]);
            case "format" -> add(
                    Descriptor.format(id(words), words[2], "", shape(words[4]), fields(words[3])), words[5]);
            case "repeat" -> repeatPointers = true;
            case "start" -> stream.sendHeap(generator.startHeap());
            case "end" -> stream.sendHeap(generator.endHeap());
            case "heap" -> stream.sendHeap(generator
                    .addTo(
                            new HeapBuilder(flavour).repeatPointers(repeatPointers),
                            Include.valueOf(words[1]),
                            Include.valueOf(words[2]))
                    .build());
            default -> throw new IllegalArgumentException(String.join(" ", words));
        }
    }

    private void add(Descriptor descriptor, String file) throws IOException {
        Item item = items.add(descriptor);
        items.set(item, item.type().ofElements(ByteBuffer.wrap(Files.readAllBytes(Path.of(file)))));
    }

    private static int id(String[] words) {
        return Integer.parseInt(words[1]);
    }

    private static Shape shape(String sizes) {
        return Shape.of(Arrays.stream(sizes.split(","))
                .filter(size -> !size.isBlank())
                .mapToLong(Long::parseLong)
                .toArray());
    }

    private static FormatField[] fields(String format) {
        return Arrays.stream(format.split(","))
                .map(field -> new FormatField(field.charAt(0), Integer.parseInt(field.substring(1))))
                .toArray(FormatField[]::new);
    }
}
