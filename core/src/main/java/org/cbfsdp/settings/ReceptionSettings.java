package org.cbfsdp.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How the data come in, and who gets them. Immutable.
 *
 * @param bindHost address to listen at or group to join, all addresses when empty
 * @param portStart stream <i>i</i> is received at this port + <i>i</i>
 * @param portCount ports to listen at; derived from the division into streams when empty
 * @param socketTransport by which system calls datagrams are received
 * @param networkInterface name, address or index of the interface to join a group on, if set
 * @param ringHeaps complete heaps that wait between the network and the rest
 * @param receiverThreads threads that the streams share
 * @param maxHeaps heaps of one stream being assembled at once
 * @param allowOutOfOrder whether the packets of a heap may come in any order
 * @param maxPacketBytes largest packet taken
 * @param socketBufferBytes asked of the kernel, if set
 * @param forceBuffer whether to ask for the socket buffer past the kernel's limit
 * @param memoryBytes heap buffers of all streams together
 * @param windowDumps dumps being assembled at once, 0 = as many as {@code memoryBytes} allows
 * @param eviction what makes room for another dump
 * @param dataModel the Measurement Set with the observation's metadata
 * @param consumers names of built-in consumers or of classes, at least one, none twice
 * @param outputPath what the consumer mswriter writes
 * @param idleTimeoutNanos without a heap, after which a reception that has started ends; 0 = never
 * @param endScanMaxDelayNanos without a heap, after which a reception whose scan is over ends; 0 = never
 * @param realTimePriority of the receive threads; 0 = none
 * @param affinity processors on which the receive threads run, in turn; -1 for none in particular
 * @param warmUpNanos how long to practise before the first packet
 * @param timeToleranceFraction how far a time may be off the model's, as a fraction of the interval
 * @param maxTimeJumpSeconds how far a heap may be ahead of all others of its scan
 * @param consumerQueueDumps dumps that a consumer may lag behind
 * @param pcapFile the capture that is received in place of the network, if set
 */
public record ReceptionSettings(
        Method method,
        Optional<String> bindHost,
        int portStart,
        OptionalInt portCount,
        TransportProtocol transportProtocol,
        SocketTransport socketTransport,
        Optional<String> networkInterface,
        int ringHeaps,
        int receiverThreads,
        int maxHeaps,
        boolean allowOutOfOrder,
        int maxPacketBytes,
        OptionalInt socketBufferBytes,
        boolean forceBuffer,
        long memoryBytes,
        int windowDumps,
        Eviction eviction,
        Optional<Path> dataModel,
        List<String> consumers,
        Path outputPath,
        long idleTimeoutNanos,
        long endScanMaxDelayNanos,
        int realTimePriority,
        List<Integer> affinity,
        long warmUpNanos,
        double timeToleranceFraction,
        double maxTimeJumpSeconds,
        int consumerQueueDumps,
        ConsumerOverflow consumerOverflow,
        Optional<Path> pcapFile) {

    public ReceptionSettings {
        consumers = List.copyOf(consumers);
        affinity = List.copyOf(affinity);
    }

    /** Who takes the packets. */
    public enum Method {
        SPEAD2
    }

    /** What happens when a consumer lags behind by all of its queue. */
    public enum ConsumerOverflow {
        /** The dump that comes is not given to this consumer. */
        DROP_NEWEST,
        /** The dump that has waited longest is taken from this consumer. */
        DROP_OLDEST,
        /** All wait for this consumer; packets may be lost. */
        BLOCK
    }

    /** What happens to the oldest dump being assembled when there is no room for another. */
    public enum Eviction {
        /** Lossless with tcp, lossy otherwise. */
        AUTO,
        /** It is handed on without what has not come. */
        LOSSY,
        /** The streams that are ahead wait for those that it lacks. */
        LOSSLESS
    }

    static final Setting<Method> METHOD = reception(
            "method",
            ChoiceType.of(Method.class).alias("spead2_receivers", Method.SPEAD2),
            "spead2",
            "How packets are taken. The original emulator's spead2_receivers means the same.");
    static final Setting<Optional<String>> BIND_HOSTNAME = reception(
            "bind_hostname",
            new OptionalType<>(TextType.host()),
            "",
            "Address to listen at, or, with udp, multicast group to join; all addresses of the machine when empty.");
    static final Setting<Integer> RECEIVER_PORT_START = reception(
                    "receiver_port_start",
                    NumberType.integer(1, 65535),
                    "41000",
                    "Port of the first stream; each further stream comes in at the next port.")
            .alias("port_start");
    static final Setting<Optional<Integer>> NUM_PORTS = reception(
                    "num_ports",
                    new OptionalType<>(NumberType.integer(1, 65535)),
                    "",
                    "Ports to listen at, one a stream. When empty: from transmission.channels_per_stream or"
                            + " transmission.num_streams, and the channels of the data model.")
            .unit("ports");
    static final Setting<TransportProtocol> TRANSPORT_PROTOCOL = reception(
            "transport_protocol",
            TransportProtocol.TYPE,
            "udp",
            "What carries the packets. With tcp each stream is the first connection to its port that sends a packet.");
    static final Setting<SocketTransport> TRANSPORT = reception(
            "transport",
            SocketTransport.TYPE,
            "auto",
            "By which system calls datagrams are received: linux takes many a call, nio one; auto is linux where it can be"
                    + " had, and the log says which it is. Without effect with tcp.");
    static final Setting<Optional<String>> INTERFACE = reception(
            "interface",
            new OptionalType<>(TextType.text()),
            "",
            "Name, address or index of the interface to join the multicast group of bind_hostname on; the first that can"
                    + " when empty.");
    static final Setting<Integer> RING_HEAPS = reception(
                    "ring_heaps",
                    NumberType.integer(1, 1_048_576),
                    "16",
                    "Complete heaps that may wait between the network and the assembly of dumps, a stream; if small, as many"
                            + " as have 16 MiB, or their stream's part of an eighth of reception.memory.")
            .unit("heaps");
    static final Setting<Integer> RECEIVER_THREADS = reception(
                    "receiver_threads", NumberType.integer(1, 1024), "1", "Threads that the streams share.")
            .unit("threads");
    static final Setting<Integer> MAX_HEAPS = reception(
                    "max_heaps",
                    NumberType.integer(1, 65536),
                    "32",
                    "Heaps of one stream being assembled at once; one more gives up the oldest of them as incomplete.")
            .unit("heaps");
    static final Setting<Boolean> ALLOW_OUT_OF_ORDER = reception(
            "allow_out_of_order",
            new BooleanType(),
            "false",
            "Whether the packets of a heap may come in any order. When false, a packet out of order is dropped, and"
                    + " its heap is lost.");
    static final Setting<Optional<Integer>> MAX_PACKET_SIZE = reception(
                    "max_packet_size",
                    new OptionalType<>(NumberType.integer(56, 65536)),
                    "",
                    "Largest packet taken; longer ones are counted and dropped. When empty, 9200 with udp, which holds"
                            + " 65507 at most, and 65536 with tcp.")
            .unit("bytes");
    static final Setting<Optional<Integer>> BUFFER_SIZE = reception(
                    "buffer_size",
                    new OptionalType<>(NumberType.integer(1, Integer.MAX_VALUE)),
                    "",
                    "Receive buffer of each socket; when empty, 33554432 is asked for with udp, and the kernel decides with"
                            + " tcp. When the kernel gives less, a warning names the limit to raise.")
            .unit("bytes");
    static final Setting<Boolean> FORCE_BUFFER = reception(
            "force_buffer",
            new BooleanType(),
            "true",
            "Whether to ask for the receive buffer past the kernel's limit first, which a privileged process may, with"
                    + " transport linux.");
    static final Setting<Long> MEMORY = reception(
                    "memory",
                    NumberType.longInteger(1_048_576, Long.MAX_VALUE),
                    "536870912",
                    "Memory for the buffers of heaps, all streams together; outside the Java heap. With udp a quarter of it, as a"
                            + " rule, is made before listening.")
            .unit("bytes");
    static final Setting<Integer> WINDOW_DUMPS = reception(
                    "window_dumps",
                    NumberType.integer(0, 65536),
                    "0",
                    "Dumps being assembled at once; 0 takes as many as the memory allows. A heap of an older dump is"
                            + " too late.")
            .unit("dumps");
    static final Setting<Eviction> EVICTION = reception(
            "eviction",
            ChoiceType.of(Eviction.class),
            "auto",
            "When there is no room for another dump: lossy hands the oldest on without what has not come; lossless makes"
                    + " the streams that are ahead wait for the others. auto is lossless with tcp, lossy otherwise.");
    static final Setting<Optional<Path>> DATAMODEL = reception(
            "datamodel",
            new OptionalType<>(TextType.path()),
            "",
            "Measurement Set with the metadata of the observation: antennas, baselines, channels, times, UVW.");
    static final Setting<List<String>> CONSUMER = reception(
            "consumer",
            new ListType(Map.of("spead2_mswriter", "mswriter")),
            "mswriter",
            "Who gets the data: names of built-in consumers or full names of classes. Each may have a section of its"
                    + " own, [consumer.NAME], which is handed to it as it is written.");
    static final Setting<Path> OUTPUTFILENAME = reception(
            "outputfilename",
            TextType.path(),
            "recv-vis.ms",
            "The Measurement Set that mswriter writes. Its file system must have room for a dump and 16 MiB, to"
                    + " begin with and to take each further dump.");
    static final Setting<Double> IDLE_TIMEOUT = reception(
                    "idle_timeout",
                    NumberType.decimal("0", "31536000"),
                    "0",
                    "A reception that has started ends after this time without a heap, in which no dump waits for a"
                            + " consumer; 0 waits for the end-of-stream heaps, however long.")
            .unit("s");
    static final Setting<Double> END_SCAN_MAX_DELAY = reception(
                    "end_scan_max_delay",
                    NumberType.decimal("0", "31536000"),
                    "10",
                    "A scan is over when a stream has ended, or the last dump of the data model has come; the reception then"
                            + " ends after this time without a heap, and never before twice the longest pause there"
                            + " was. 0 waits for the end-of-stream heaps, however long.")
            .unit("s");
    static final Setting<Integer> REAL_TIME_PRIORITY = reception(
            "real_time_priority",
            NumberType.integer(0, 99),
            "1",
            "Lets the receive threads run before all ordinary threads of the machine (SCHED_RR with this priority), where the"
                    + " process may, so that nothing keeps them from their sockets; 0 does not.");
    static final Setting<Optional<List<Integer>>> AFFINITY = reception(
            "affinity",
            new OptionalType<>(new ProcessorListType()),
            "",
            "Processors on which the receive threads run: the first thread on the first, and so on, from the beginning again"
                    + " when there are more threads; -1 leaves a thread where the system puts it, as empty does all. One that"
                    + " cannot be had is a warning.");
    static final Setting<Double> WARM_UP = reception(
                    "warm_up",
                    NumberType.decimal("0", "60"),
                    "0.2",
                    "How long to practise, with packets to itself over loopback, before listening: a receiver that has just"
                            + " started is slow, and would lose the beginning of a fast stream, or hold it up with tcp. 0"
                            + " leaves it out.")
            .unit("s");
    static final Setting<Double> TIME_TOLERANCE = reception(
                    "time_tolerance",
                    NumberType.decimal("0", "0.5"),
                    "0.01",
                    "How far the time of a heap may be off a time of the data model, as a fraction of the interval.")
            .unit("intervals");
    static final Setting<Double> MAX_TIME_JUMP = reception(
                    "max_time_jump",
                    NumberType.decimal("0.001", "2000000000"),
                    "3600",
                    "How far a heap may be ahead of all others of its scan; one further ahead is refused and counted, lest"
                            + " a single wrong time make all others late.")
            .unit("s");
    static final Setting<Integer> CONSUMER_QUEUE = reception(
                    "consumer_queue",
                    NumberType.integer(1, 1_048_576),
                    "1024",
                    "Dumps that a consumer may lag behind the network, as far as the memory allows.")
            .unit("dumps");
    static final Setting<ConsumerOverflow> CONSUMER_OVERFLOW = reception(
            "consumer_overflow",
            ChoiceType.of(ConsumerOverflow.class),
            "drop_newest",
            "When a consumer lags behind by all of its queue: drop_newest and drop_oldest take a dump from this"
                    + " consumer and count it, but the dump that mswriter has begun to place stays; block makes all wait,"
                    + " so that packets may be lost.");
    static final Setting<Optional<Path>> PCAP_FILE = reception(
            "pcap_file",
            new OptionalType<>(TextType.path()),
            "",
            "Capture file (pcap or pcapng) that is received in place of the network; streams are told apart by their"
                    + " ports. Ends with the file, which waits for slow consumers, whatever consumer_overflow says."
                    + " receiver_threads, bind_hostname and buffer_size then mean nothing.");

    static final SettingGroup GROUP = new SettingGroup(
            "reception",
            "How the data come in, and who gets them.",
            List.of(
                    METHOD,
                    BIND_HOSTNAME,
                    RECEIVER_PORT_START,
                    NUM_PORTS,
                    TRANSPORT_PROTOCOL,
                    TRANSPORT,
                    INTERFACE,
                    RING_HEAPS,
                    RECEIVER_THREADS,
                    MAX_HEAPS,
                    ALLOW_OUT_OF_ORDER,
                    MAX_PACKET_SIZE,
                    BUFFER_SIZE,
                    FORCE_BUFFER,
                    MEMORY,
                    WINDOW_DUMPS,
                    EVICTION,
                    DATAMODEL,
                    CONSUMER,
                    OUTPUTFILENAME,
                    IDLE_TIMEOUT,
                    END_SCAN_MAX_DELAY,
                    REAL_TIME_PRIORITY,
                    AFFINITY,
                    WARM_UP,
                    TIME_TOLERANCE,
                    MAX_TIME_JUMP,
                    CONSUMER_QUEUE,
                    CONSUMER_OVERFLOW,
                    PCAP_FILE));

    static ReceptionSettings from(SettingValues values) {
        return new ReceptionSettings(
                values.get(METHOD),
                values.get(BIND_HOSTNAME),
                values.get(RECEIVER_PORT_START),
                values.getInt(NUM_PORTS),
                values.get(TRANSPORT_PROTOCOL),
                values.get(TRANSPORT),
                values.get(INTERFACE),
                values.get(RING_HEAPS),
                values.get(RECEIVER_THREADS),
                values.get(MAX_HEAPS),
                values.get(ALLOW_OUT_OF_ORDER),
                values.get(MAX_PACKET_SIZE).orElse(defaultPacketBytes(values.get(TRANSPORT_PROTOCOL))),
                values.getInt(BUFFER_SIZE),
                values.get(FORCE_BUFFER),
                values.get(MEMORY),
                values.get(WINDOW_DUMPS),
                values.get(EVICTION),
                values.get(DATAMODEL),
                values.get(CONSUMER),
                values.get(OUTPUTFILENAME),
                SettingValues.nanos(values.get(IDLE_TIMEOUT)),
                SettingValues.nanos(values.get(END_SCAN_MAX_DELAY)),
                values.get(REAL_TIME_PRIORITY),
                values.get(AFFINITY).orElseGet(List::of),
                SettingValues.nanos(values.get(WARM_UP)),
                values.get(TIME_TOLERANCE),
                values.get(MAX_TIME_JUMP),
                values.get(CONSUMER_QUEUE),
                values.get(CONSUMER_OVERFLOW),
                values.get(PCAP_FILE));
    }

    private static int defaultPacketBytes(TransportProtocol protocol) {
        return switch (protocol) {
            case UDP -> 9200;
            case TCP -> 65_536;
        };
    }

    private static <T> Setting<T> reception(String key, SettingType<T> type, String defaultText, String text) {
        return Setting.of("reception", key, type, defaultText).text(text).onlyFor(Program.RECV);
    }
}
