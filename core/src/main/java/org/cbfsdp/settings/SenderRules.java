package org.cbfsdp.settings;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** What the settings of the sender alone demand of each other; see {@link SettingsRules}. */
final class SenderRules {
    /** What an IPv4 packet has room for beside its own header and that of UDP. */
    private static final int LARGEST_DATAGRAM = 65507;

    /** Room for the item pointers of a data heap with all its descriptors. */
    private static final int LEAST_IMPAIRED_PACKET = 256;

    private SenderRules() {}

    static void check(SettingValues values, BiConsumer<Setting<?>, String> faults) {
        checkSource(values, faults);
        checkPacketSize(values, faults);
        checkDescriptors(values, faults);
        checkMethod(values, faults);
        checkFractions(values, ImpairSettings.OF_HEAPS, "heaps", faults);
        checkFractions(values, ImpairSettings.OF_PACKETS, "packets", faults);
        checkImpairedPacketSize(values, faults);
    }

    private static void checkMethod(SettingValues values, BiConsumer<Setting<?>, String> faults) {
        if (values.hasAll(PayloadSettings.METHOD) && values.get(PayloadSettings.METHOD) != PayloadSettings.Method.ICD) {
            faults.accept(PayloadSettings.METHOD, "is a layout that only emu-recv takes; emu-send sends icd");
        }
    }

    private static void checkSource(SettingValues values, BiConsumer<Setting<?>, String> faults) {
        if (!values.hasAll(ReaderSettings.MEASUREMENT_SET, ReaderSettings.SYNTHETIC)) {
            return;
        }
        boolean set = values.get(ReaderSettings.MEASUREMENT_SET).isPresent();
        boolean synthetic = values.get(ReaderSettings.SYNTHETIC).isPresent();
        if (!set && !synthetic) {
            faults.accept(
                    ReaderSettings.MEASUREMENT_SET,
                    "is not set; name the Measurement Set to send as the argument or in the file, or give "
                            + ReaderSettings.SYNTHETIC);
        } else if (set && synthetic) {
            faults.accept(
                    ReaderSettings.SYNTHETIC,
                    "is given together with " + ReaderSettings.MEASUREMENT_SET + " = "
                            + values.get(ReaderSettings.MEASUREMENT_SET).orElseThrow() + "; give one of the two");
        }
    }

    private static void checkPacketSize(SettingValues values, BiConsumer<Setting<?>, String> faults) {
        if (values.hasAll(TransmissionSettings.TRANSPORT_PROTOCOL, TransmissionSettings.MAX_PACKET_SIZE)
                && values.get(TransmissionSettings.TRANSPORT_PROTOCOL) == TransportProtocol.UDP
                && values.get(TransmissionSettings.MAX_PACKET_SIZE).orElse(0) > LARGEST_DATAGRAM) {
            faults.accept(
                    TransmissionSettings.MAX_PACKET_SIZE,
                    "is more than a datagram holds; give " + LARGEST_DATAGRAM + " at most, or "
                            + TransmissionSettings.TRANSPORT_PROTOCOL + " = tcp");
        }
    }

    private static void checkDescriptors(SettingValues values, BiConsumer<Setting<?>, String> faults) {
        if (values.hasAll(TransmissionSettings.DESCRIPTORS, TransmissionSettings.DESCRIPTOR_INTERVAL)
                && values.get(TransmissionSettings.DESCRIPTORS) == TransmissionSettings.Descriptors.EVERY
                && values.get(TransmissionSettings.DESCRIPTOR_INTERVAL) > 0) {
            faults.accept(
                    TransmissionSettings.DESCRIPTOR_INTERVAL,
                    "has no effect while every heap has descriptors; give " + TransmissionSettings.DESCRIPTORS
                            + " = start as well");
        }
    }

    /** At most one thing is done to each, so that the fractions are of a whole. */
    private static void checkFractions(
            SettingValues values, List<Setting<Double>> fractions, String noun, BiConsumer<Setting<?>, String> faults) {
        if (!values.hasAll(fractions.toArray(Setting<?>[]::new))) {
            return;
        }
        // In decimal, as they were written: binary fractions would make 1.2999999999999998 of 0.6 and 0.7.
        BigDecimal sum = fractions.stream()
                .map(setting -> BigDecimal.valueOf(values.get(setting)))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        if (sum.compareTo(BigDecimal.ONE) > 0) {
            List<Setting<Double>> given = fractions.stream()
                    .filter(setting -> values.get(setting) > 0)
                    .toList();
            faults.accept(
                    given.get(given.size() - 1),
                    "makes more than all " + noun + " impaired: "
                            + given.stream().map(Setting::key).collect(Collectors.joining(" + "))
                            + " is " + sum.stripTrailingZeros().toPlainString()
                            + "; give 1 at most in all, as only one thing is done to each");
        }
    }

    private static void checkImpairedPacketSize(SettingValues values, BiConsumer<Setting<?>, String> faults) {
        if (!values.hasAll(TransmissionSettings.MAX_PACKET_SIZE)
                || !values.hasAll(ImpairSettings.GROUP.settings().toArray(Setting<?>[]::new))) {
            return;
        }
        int bytes = values.get(TransmissionSettings.MAX_PACKET_SIZE).orElse(LEAST_IMPAIRED_PACKET);
        if (bytes < LEAST_IMPAIRED_PACKET && ImpairSettings.from(values).isOn()) {
            faults.accept(
                    TransmissionSettings.MAX_PACKET_SIZE,
                    "is too small to impair anything: all items of a heap must be named in its first packet; give "
                            + LEAST_IMPAIRED_PACKET + " at least");
        }
    }
}
