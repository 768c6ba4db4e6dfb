package org.cbfsdp.settings;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * What settings demand of each other. Each rule is looked at only when the settings that it compares are sound by
 * themselves, so that one mistake is reported once.
 */
final class SettingsRules {
    private static final int LAST_PORT = 65535;

    /** What an IPv4 packet has room for beside its own header and that of UDP. */
    private static final int LARGEST_DATAGRAM = 65507;

    private SettingsRules() {}

    /**
     * Looks at all rules of one program.
     *
     * @param faults told the setting at whose place the fault is reported, and the rest of the sentence
     */
    static void check(Program program, SettingValues values, BiConsumer<Setting<?>, String> faults) {
        checkStreams(values, faults);
        switch (program) {
            case SEND -> {
                SenderRules.check(values, faults);
                boolean listed = values.hasAll(TransmissionSettings.ENDPOINTS)
                        && values.get(TransmissionSettings.ENDPOINTS).isPresent();
                if (!listed) {
                    checkPorts(
                            values, TransmissionSettings.TARGET_PORT_START, TransmissionSettings.NUM_STREAMS, faults);
                    checkGroup(
                            values,
                            TransmissionSettings.TRANSPORT_PROTOCOL,
                            TransmissionSettings.TARGET_HOST,
                            Optional::of,
                            faults);
                }
                checkEndpoints(values, faults);
            }
            case RECV -> {
                SampleClockSettings.check(values, faults);
                boolean counted = values.hasAll(ReceptionSettings.NUM_PORTS)
                        && values.get(ReceptionSettings.NUM_PORTS).isPresent();
                Setting<Optional<Integer>> count =
                        counted ? ReceptionSettings.NUM_PORTS : TransmissionSettings.NUM_STREAMS;
                checkPorts(values, ReceptionSettings.RECEIVER_PORT_START, count, faults);
                checkGroup(
                        values,
                        ReceptionSettings.TRANSPORT_PROTOCOL,
                        ReceptionSettings.BIND_HOSTNAME,
                        host -> host,
                        faults);
                checkInterface(values, faults);
                checkPacketSize(
                        values, ReceptionSettings.TRANSPORT_PROTOCOL, ReceptionSettings.MAX_PACKET_SIZE, faults);
            }
        }
    }

    private static void checkStreams(SettingValues values, BiConsumer<Setting<?>, String> faults) {
        if (!values.hasAll(TransmissionSettings.CHANNELS_PER_STREAM, TransmissionSettings.NUM_STREAMS)) {
            return;
        }
        int channelsPerStream = values.get(TransmissionSettings.CHANNELS_PER_STREAM);
        if (channelsPerStream > 0
                && values.getInt(TransmissionSettings.NUM_STREAMS).isPresent()) {
            faults.accept(
                    TransmissionSettings.NUM_STREAMS,
                    "is given together with transmission.channels_per_stream = " + channelsPerStream
                            + "; give one of the two");
        }
    }

    private static void checkPorts(
            SettingValues values,
            Setting<Integer> first,
            Setting<Optional<Integer>> count,
            BiConsumer<Setting<?>, String> faults) {
        if (!values.hasAll(first, count) || values.get(count).isEmpty()) {
            return;
        }
        int last = values.get(first) + values.get(count).orElseThrow() - 1;
        if (last > LAST_PORT) {
            faults.accept(
                    count,
                    "from port " + values.get(first) + " (" + first + ") on would need port " + last
                            + "; the last one is " + LAST_PORT);
        }
    }

    private static <T> void checkGroup(
            SettingValues values,
            Setting<TransportProtocol> protocol,
            Setting<T> host,
            Function<T, Optional<String>> text,
            BiConsumer<Setting<?>, String> faults) {
        if (values.hasAll(protocol, host)
                && values.get(protocol) == TransportProtocol.TCP
                && text.apply(values.get(host))
                        .filter(MulticastAddress::matches)
                        .isPresent()) {
            faults.accept(
                    host,
                    "is a multicast group, which TCP cannot reach; give a unicast address, or " + protocol + " = udp");
        }
    }

    /** Names are not looked up: a group is to be given by its address when the interface matters. */
    private static void checkInterface(SettingValues values, BiConsumer<Setting<?>, String> faults) {
        if (!values.hasAll(ReceptionSettings.INTERFACE, ReceptionSettings.BIND_HOSTNAME)
                || values.get(ReceptionSettings.INTERFACE).isEmpty()) {
            return;
        }
        Optional<String> host = values.get(ReceptionSettings.BIND_HOSTNAME);
        if (host.filter(MulticastAddress::matches).isEmpty()) {
            faults.accept(
                    ReceptionSettings.INTERFACE,
                    "is where to join a multicast group, but " + ReceptionSettings.BIND_HOSTNAME
                            + host.map(text -> " = " + text + " is not the address of one")
                                    .orElse(" is empty")
                            + "; give the group there, or leave the interface out");
        }
    }

    private static void checkPacketSize(
            SettingValues values,
            Setting<TransportProtocol> protocol,
            Setting<Optional<Integer>> bytes,
            BiConsumer<Setting<?>, String> faults) {
        if (values.hasAll(protocol, bytes)
                && values.get(protocol) == TransportProtocol.UDP
                && values.get(bytes).orElse(0) > LARGEST_DATAGRAM) {
            faults.accept(
                    bytes,
                    "is more than a datagram holds; give " + LARGEST_DATAGRAM + " at most, or " + protocol + " = tcp");
        }
    }

    private static void checkRepeatedEndpoints(SettingValues values, BiConsumer<Setting<?>, String> faults) {
        if (!values.hasAll(TransmissionSettings.ENDPOINTS)) {
            return;
        }
        Set<Endpoint> seen = new HashSet<>();
        values.get(TransmissionSettings.ENDPOINTS).orElseGet(List::of).stream()
                .filter(endpoint -> !seen.add(endpoint))
                .findFirst()
                .ifPresent(endpoint -> faults.accept(
                        TransmissionSettings.ENDPOINTS,
                        "has " + endpoint + " in it twice; give each stream a port of its own"));
    }

    private static void checkEndpoints(SettingValues values, BiConsumer<Setting<?>, String> faults) {
        checkRepeatedEndpoints(values, faults);
        if (!values.hasAll(TransmissionSettings.TRANSPORT_PROTOCOL, TransmissionSettings.ENDPOINTS)
                || values.get(TransmissionSettings.TRANSPORT_PROTOCOL) != TransportProtocol.TCP) {
            return;
        }
        values.get(TransmissionSettings.ENDPOINTS).orElseGet(List::of).stream()
                .filter(Endpoint::isMulticastGroup)
                .findFirst()
                .ifPresent(endpoint -> faults.accept(
                        TransmissionSettings.ENDPOINTS,
                        "has the multicast group " + endpoint.host() + " in it, which TCP cannot reach; give unicast"
                                + " addresses, or " + TransmissionSettings.TRANSPORT_PROTOCOL + " = udp"));
    }
}
