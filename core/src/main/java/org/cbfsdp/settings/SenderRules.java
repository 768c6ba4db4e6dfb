package org.cbfsdp.settings;

import java.util.function.BiConsumer;

/** What the settings of the sender alone demand of each other; see {@link SettingsRules}. */
final class SenderRules {
    /** What an IPv4 packet has room for beside its own header and that of UDP. */
    private static final int LARGEST_DATAGRAM = 65507;

    private SenderRules() {}

    static void check(SettingValues values, BiConsumer<Setting<?>, String> faults) {
        checkSource(values, faults);
        checkPacketSize(values, faults);
        checkDescriptors(values, faults);
        checkMethod(values, faults);
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
}
