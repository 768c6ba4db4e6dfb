package org.cbfsdp.recv;

import java.util.Optional;
import org.spead.transport.pcap.PcapCounters;
import org.spead.transport.pcap.PcapFault;

/**
 * What was not taken from a capture file, in words. Thread-safe.
 *
 * @param capture what the file is called
 */
record CaptureLosses(String capture, PcapCounters counters) {
    /** All records that gave no packet, by their reasons; most captures have some of other programs. */
    Optional<String> leftOut() {
        String skipped = counters.describeSkipped();
        return skipped.isEmpty()
                ? Optional.empty()
                : Optional.of(capture + ": " + counters.packets() + " packets taken; left out: " + skipped);
    }

    /** That the file itself is not whole, so that nobody knows what else was in it. */
    Optional<String> damage() {
        if (counters.get(PcapFault.BAD_BLOCK) > 0) {
            return Optional.of(capture + " is damaged at byte " + counters.damagedAt() + ": what follows its packet "
                    + counters.packets() + " is lost");
        }
        if (counters.get(PcapFault.TRUNCATED_FILE) > 0) {
            return Optional.of(capture + " is cut off amid a packet, after " + counters.packets() + " that were taken");
        }
        return Optional.empty();
    }
}
