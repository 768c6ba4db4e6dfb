package org.cbfsdp.recv.consumer.mswriter;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.cbfsdp.consumer.ConsumerException;

/**
 * What the sets of one reception are called. Of {@code NAME.ms} come {@code NAME.scan-7.ms} when each scan is a set of its own,
 * {@code NAME.000001.ms} when sets are numbered, {@code NAME.scan-7.000001.ms} when both; the second set of a scan is numbered
 * in any case. What is no {@code .ms} in the end is part of NAME. Confined to one thread.
 */
final class SetNames {
    /** Scans are the sender's to begin, and each becomes a set on the disk: of so many in one reception. */
    static final int MOST_SCANS = 10_000;

    private static final String SUFFIX = ".ms";
    /** Names sort as they were made for the first million. */
    private static final String NUMBER = ".%06d";

    private static final String ANY_NUMBER = "\\.\\d{6,}";
    /** Stands for every scan where scans do not matter. */
    private static final Long ANY_SCAN = 0L;

    private final Path output;
    private final String stem;
    private final String suffix;
    private final boolean perScan;
    private final boolean numbered;
    private final Map<Long, Long> lastNumbers = new HashMap<>();
    private long lastScanId;
    private long scans;

    /**
     * Has named nothing yet.
     *
     * @param output what the set would be called if there were only one
     * @param numbered whether there may be several sets for other reasons than their scans
     */
    SetNames(Path output, boolean perScan, boolean numbered) {
        if (output.getFileName() == null) {
            throw new ConsumerException("mswriter cannot write a set called " + output);
        }
        String name = output.getFileName().toString();
        boolean suffixed = name.length() > SUFFIX.length()
                && name.regionMatches(true, name.length() - SUFFIX.length(), SUFFIX, 0, SUFFIX.length());
        this.output = output;
        this.suffix = suffixed ? name.substring(name.length() - SUFFIX.length()) : "";
        this.stem = name.substring(0, name.length() - suffix.length());
        this.perScan = perScan;
        this.numbered = numbered;
    }

    /**
     * The name of the next set; never one that was given before.
     *
     * @throws ConsumerException when it would be that of a scan after the first {@link #MOST_SCANS}, one that comes back counted anew
     */
    Path next(long scanId) {
        if (perScan) {
            countScan(scanId);
        }
        long number = lastNumbers.merge(perScan ? scanId : ANY_SCAN, 1L, Long::sum);
        String scan = perScan ? ".scan-" + Long.toUnsignedString(scanId) : "";
        String part = numbered || number > 1 ? NUMBER.formatted(number) : "";
        return output.resolveSibling(stem + scan + part + suffix);
    }

    private void countScan(long scanId) {
        if (scans > 0 && scanId == lastScanId) {
            return;
        }
        if (scans == MOST_SCANS) {
            throw new ConsumerException("mswriter.per_scan makes sets of " + MOST_SCANS
                    + " scans in one reception and no more: no set of scan " + Long.toUnsignedString(scanId)
                    + " is made, those before it are there");
        }
        scans++;
        lastScanId = scanId;
    }

    /**
     * Refuses what has a name that is bound to come if only enough dumps do. Names of scans cannot be foreseen, and that of a
     * single set is refused when it is made.
     *
     * @throws ConsumerException when there is such a thing and it may not be replaced
     */
    void refuseForeseen(boolean overwrite) {
        if (overwrite || perScan || !numbered) {
            return;
        }
        Pattern name = Pattern.compile(Pattern.quote(stem) + ANY_NUMBER + Pattern.quote(suffix));
        Path folder = output.toAbsolutePath().getParent();
        try (DirectoryStream<Path> taken = Files.newDirectoryStream(
                folder, file -> name.matcher(file.getFileName().toString()).matches())) {
            for (Path file : taken) {
                throw new ConsumerException(output.resolveSibling(file.getFileName())
                        + " exists already and is not overwritten unless mswriter.overwrite = true");
            }
        } catch (IOException e) {
            // no such folder, or none to be read: making the first set will tell
        }
    }
}
