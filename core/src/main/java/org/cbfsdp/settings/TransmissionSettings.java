package org.cbfsdp.settings;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How the data go out. Immutable.
 *
 * @param socketTransport by which system calls datagrams are sent
 * @param targetHost not heeded when there are endpoints
 * @param targetPortStart stream <i>i</i> goes to this port + <i>i</i>; not heeded when there are endpoints
 * @param endpoints where each stream goes, or none
 * @param maxPacketBytes of a packet, SPEAD header included
 * @param rateBytesPerSecond at most, of each stream, counted in bytes of packets; 0 = unlimited
 * @param burstBytes sent back to back before pacing looks at the clock
 * @param maxHeaps heaps of a stream under way at once
 * @param senderThreads threads that the streams share
 * @param affinity processors on which these threads run, in turn; -1 for none in particular
 * @param timeIntervalSeconds between dumps when above 0; see {@link #dumpPacing()}
 * @param socketBufferBytes asked of the kernel, if set
 * @param timeToLive hops, if set
 * @param networkInterface name, address or index of the interface to send from, if set
 * @param connectTimeoutNanos how long a TCP receiver may take to listen; 0 = it must already
 * @param descriptorIntervalSeconds between repetitions of the descriptors with {@link Descriptors#START}; 0 = never again
 * @param warmUpNanos how long to practise before the first heap
 */
public record TransmissionSettings(
        Method method,
        TransportProtocol transportProtocol,
        SocketTransport socketTransport,
        String targetHost,
        int targetPortStart,
        List<Endpoint> endpoints,
        StreamDivision streams,
        int maxPacketBytes,
        long rateBytesPerSecond,
        int burstBytes,
        int maxHeaps,
        int senderThreads,
        List<Integer> affinity,
        double timeIntervalSeconds,
        long scanId,
        long hardwareId,
        OptionalInt socketBufferBytes,
        OptionalInt timeToLive,
        Optional<String> networkInterface,
        long connectTimeoutNanos,
        Descriptors descriptors,
        double descriptorIntervalSeconds,
        long warmUpNanos) {

    public TransmissionSettings {
        endpoints = List.copyOf(endpoints);
        affinity = List.copyOf(affinity);
    }

    /** Who makes the packets. */
    public enum Method {
        SPEAD2
    }

    /** When item descriptors are sent. */
    public enum Descriptors {
        /** In every heap. */
        EVERY,
        /** In the heap that starts the stream, and in heaps of their own at intervals. */
        START
    }

    /** What, besides the rate, makes a dump wait. */
    public enum DumpPacing {
        /** Dumps leave at a fixed interval, {@link TransmissionSettings#dumpIntervalNanos()}. */
        FIXED_INTERVAL,
        /** Dumps leave as far apart as their times in the set are. */
        AS_RECORDED,
        /** Nothing: dumps leave as fast as the rate allows. */
        NONE
    }

    static final Setting<Method> METHOD = transmission(
            "method",
            ChoiceType.of(Method.class).alias("spead2_transmitters", Method.SPEAD2),
            "spead2",
            "How packets are made. The original emulator's spead2_transmitters means the same.");
    static final Setting<TransportProtocol> TRANSPORT_PROTOCOL = transmission(
            "transport_protocol",
            TransportProtocol.TYPE,
            "udp",
            "What carries the packets: datagrams, or one connection a stream. With tcp nothing is lost on the way: a"
                    + " receiver that is slow makes the sender wait.");
    static final Setting<SocketTransport> TRANSPORT = transmission(
            "transport",
            SocketTransport.TYPE,
            "auto",
            "By which system calls datagrams are sent: linux hands many to the kernel in one call, nio one; auto is linux"
                    + " where it can be had, and the log says which it is. Without effect with tcp.");
    static final Setting<String> TARGET_HOST = transmission(
            "target_host",
            TextType.host(),
            "127.0.0.1",
            "Where the receiver runs, or, with udp, a multicast group that any number of receivers may join.");
    static final Setting<Integer> TARGET_PORT_START = transmission(
            "target_port_start",
            NumberType.integer(1, 65535),
            "41000",
            "Port of the first stream; each further stream goes to the next port.");
    static final Setting<Optional<List<Endpoint>>> ENDPOINTS = transmission(
            "endpoints",
            new OptionalType<>(new EndpointListType()),
            "",
            "Where each stream goes, in the order of the streams, instead of target_host and target_port_start: as many"
                    + " endpoints as there are streams. host:41000-41003 stands for four.");
    static final Setting<Integer> CHANNELS_PER_STREAM = shared(
                    "channels_per_stream",
                    NumberType.integer(0, Integer.MAX_VALUE),
                    "0",
                    "Channels a stream; the last stream may have fewer. 0 puts all channels in one stream. Sender and"
                            + " receiver must agree.")
            .unit("channels");
    static final Setting<Optional<Integer>> NUM_STREAMS = shared(
                    "num_streams",
                    new OptionalType<>(NumberType.integer(1, 65535)),
                    "",
                    "Instead of channels_per_stream: streams between which the channels are divided evenly.")
            .unit("streams");
    static final Setting<Optional<Integer>> MAX_PACKET_SIZE = transmission(
                    "max_packet_size",
                    new OptionalType<>(NumberType.integer(56, 65536)),
                    "",
                    "Largest packet, SPEAD header included. When empty, 1472 with udp, which fits an Ethernet frame of 1500,"
                            + " and 65000 with tcp. Use 8972 with jumbo frames; a datagram holds 65507 at most.")
            .unit("bytes");
    static final Setting<Long> RATE = transmission(
                    "rate",
                    NumberType.longInteger(0, 1L << 62),
                    "1073741824",
                    "What each stream sends, counted in bytes of packets without UDP and IP headers; 0 sends as fast as can be. When a"
                            + " busy machine held it back, it goes a quarter faster until that is made good.")
            .unit("bytes/s");
    static final Setting<Integer> BURST_SIZE = transmission(
                    "burst_size",
                    NumberType.integer(0, Integer.MAX_VALUE),
                    "10",
                    "Sent back to back before pacing. Less than a packet, as the default is, paces every packet; with tcp"
                            + " each is then written by itself, and 65000 or a rate of 0 serves high rates better.")
            .unit("bytes");
    static final Setting<Integer> MAX_HEAPS = transmission(
                    "max_heaps",
                    NumberType.integer(1, 65536),
                    "1",
                    "Heaps of one stream under way at once; one more is laid out and waits behind them. More help small"
                            + " heaps, which are sent faster than a thread wakes.")
            .unit("heaps");
    static final Setting<Integer> SENDER_THREADS = transmission(
                    "sender_threads", NumberType.integer(1, 1024), "1", "Threads that the streams share.")
            .unit("threads");
    static final Setting<Optional<List<Integer>>> AFFINITY = transmission(
            "affinity",
            new OptionalType<>(new ProcessorListType()),
            "",
            "Processors on which the sending threads run: the first thread on the first, and so on, from the beginning again"
                    + " when there are more threads; -1 leaves a thread where the system puts it, as empty does all. One that"
                    + " cannot be had is a warning.");
    static final Setting<Double> TIME_INTERVAL = transmission(
                    "time_interval",
                    NumberType.decimal("-31536000", "31536000"),
                    "-1",
                    "Above 0: time between dumps. 0: dumps are as far apart as their times in the set. Below 0: no"
                            + " pause, only the rate holds them back.")
            .unit("s");
    static final Setting<Long> SCAN_ID = transmission(
            "scan_id",
            NumberType.identifier(Long.MAX_VALUE),
            "1",
            "Scan identifier in every heap; the receiver writes it as SCAN_NUMBER.");
    static final Setting<Long> HARDWARE_ID = transmission(
            "hardware_id", NumberType.identifier(0xFFFF_FFFFL), "0xBEEF", "Hardware identifier in every heap.");
    static final Setting<Optional<Integer>> BUFFER_SIZE = transmission(
                    "buffer_size",
                    new OptionalType<>(NumberType.integer(1, Integer.MAX_VALUE)),
                    "",
                    "Send buffer of each socket; when empty, 524288 is asked for with udp, and the kernel decides with tcp."
                            + " The kernel may give less.")
            .unit("bytes");
    static final Setting<Optional<Integer>> TTL = transmission(
                    "ttl",
                    new OptionalType<>(NumberType.integer(1, 255)),
                    "",
                    "Time to live of multicast packets; 1 when empty. Unicast packets keep the kernel's own, whatever is set.")
            .unit("hops");
    static final Setting<Optional<String>> INTERFACE = transmission(
            "interface",
            new OptionalType<>(TextType.text()),
            "",
            "Name, address or index of the interface to send from; the routing table decides when empty.");
    static final Setting<Double> CONNECT_TIMEOUT = transmission(
                    "connect_timeout",
                    NumberType.decimal("0", "31536000"),
                    "10",
                    "With tcp: how long to try again when the receiver does not listen yet; 0 tries once.")
            .unit("s");
    static final Setting<Descriptors> DESCRIPTORS = transmission(
            "descriptors",
            ChoiceType.of(Descriptors.class),
            "every",
            "When item descriptors are sent: every puts them in each heap; start puts them, and the identifiers that never"
                    + " change, in the heap that starts the stream, and makes data heaps smaller.");
    static final Setting<Double> WARM_UP = transmission(
                    "warm_up",
                    NumberType.decimal("0", "60"),
                    "0.3",
                    "How long to practise, with packets to itself over loopback, before the first heap: a sender that has just"
                            + " started is slow, and would make good with bursts what it then misses. 0 leaves it out.")
            .unit("s");
    static final Setting<Double> DESCRIPTOR_INTERVAL = transmission(
                    "descriptor_interval",
                    NumberType.decimal("0", "31536000"),
                    "0",
                    "With descriptors = start: how often they are sent again, for receivers that missed them, in heaps that"
                            + " are not paced; 0 = never.")
            .unit("s");

    static final SettingGroup GROUP = new SettingGroup(
            "transmission",
            "How the data go out. The receiver heeds only how channels are divided between streams.",
            List.of(
                    METHOD,
                    TRANSPORT_PROTOCOL,
                    TRANSPORT,
                    TARGET_HOST,
                    TARGET_PORT_START,
                    ENDPOINTS,
                    CHANNELS_PER_STREAM,
                    NUM_STREAMS,
                    MAX_PACKET_SIZE,
                    RATE,
                    BURST_SIZE,
                    MAX_HEAPS,
                    SENDER_THREADS,
                    AFFINITY,
                    TIME_INTERVAL,
                    SCAN_ID,
                    HARDWARE_ID,
                    BUFFER_SIZE,
                    TTL,
                    INTERFACE,
                    CONNECT_TIMEOUT,
                    DESCRIPTORS,
                    DESCRIPTOR_INTERVAL,
                    WARM_UP));

    /** What makes a dump wait, from the sign of the interval. */
    public DumpPacing dumpPacing() {
        if (timeIntervalSeconds > 0) {
            return DumpPacing.FIXED_INTERVAL;
        }
        return timeIntervalSeconds < 0 ? DumpPacing.NONE : DumpPacing.AS_RECORDED;
    }

    /** Time between dumps with {@link DumpPacing#FIXED_INTERVAL}, else 0. */
    public long dumpIntervalNanos() {
        return SettingValues.nanos(timeIntervalSeconds);
    }

    /** Time between repetitions of the descriptors, 0 for never; also 0 when every heap has them. */
    public long descriptorIntervalNanos() {
        return descriptors == Descriptors.START ? SettingValues.nanos(descriptorIntervalSeconds) : 0;
    }

    static TransmissionSettings from(SettingValues values) {
        return new TransmissionSettings(
                values.get(METHOD),
                values.get(TRANSPORT_PROTOCOL),
                values.get(TRANSPORT),
                values.get(TARGET_HOST),
                values.get(TARGET_PORT_START),
                values.get(ENDPOINTS).orElseGet(List::of),
                StreamDivision.from(values),
                values.get(MAX_PACKET_SIZE).orElse(defaultPacketBytes(values.get(TRANSPORT_PROTOCOL))),
                values.get(RATE),
                values.get(BURST_SIZE),
                values.get(MAX_HEAPS),
                values.get(SENDER_THREADS),
                values.get(AFFINITY).orElseGet(List::of),
                values.get(TIME_INTERVAL),
                values.get(SCAN_ID),
                values.get(HARDWARE_ID),
                values.getInt(BUFFER_SIZE),
                values.getInt(TTL),
                values.get(INTERFACE),
                SettingValues.nanos(values.get(CONNECT_TIMEOUT)),
                values.get(DESCRIPTORS),
                values.get(DESCRIPTOR_INTERVAL),
                SettingValues.nanos(values.get(WARM_UP)));
    }

    private static int defaultPacketBytes(TransportProtocol protocol) {
        return switch (protocol) {
            case UDP -> 1472;
            case TCP -> 65_000;
        };
    }

    private static <T> Setting<T> transmission(String key, SettingType<T> type, String defaultText, String text) {
        return shared(key, type, defaultText, text).onlyFor(Program.SEND);
    }

    private static <T> Setting<T> shared(String key, SettingType<T> type, String defaultText, String text) {
        return Setting.of("transmission", key, type, defaultText).text(text);
    }
}
