package org.cbfsdp.send;

import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.cbfsdp.settings.ReaderSettings;
import org.cbfsdp.settings.ReaderSettings.RepeatMode;

/**
 * How many data heaps of a stream there are. One more than may be sent at once, so that the next is there when one is done;
 * of a sequence of D dumps that is repeated, a multiple of D, if they fit the cache: then each heap meets the same dump again
 * and again, and nothing but its time is new. Immutable.
 *
 * @param mostInFlight heaps laid out and not sent
 * @param heapCount heaps that circulate, at least as many
 */
record Circulation(int mostInFlight, int heapCount) {
    private static final Logger LOG = LogManager.getLogger(Circulation.class);

    /**
     * As the settings have it.
     *
     * @param maxHeaps heaps of a stream that are sent at once
     * @param dumps of the source
     * @param dumpBytes of the heaps of one dump, those of all streams
     */
    static Circulation of(ReaderSettings settings, int maxHeaps, int dumps, long dumpBytes) {
        int inFlight = maxHeaps + 1;
        if (settings.repeatCount() == 1 || settings.repeatMode() == RepeatMode.DUMP) {
            return new Circulation(inFlight, inFlight);
        }
        long heaps = (inFlight + dumps - 1L) / dumps * dumps;
        if (heaps > inFlight && heaps > settings.cacheBytes() / dumpBytes) {
            LOG.info(
                    "the heaps of {} dumps take {} bytes, more than reader.cache_size = {}: they are laid out with every"
                            + " repetition",
                    heaps,
                    (double) heaps * dumpBytes,
                    settings.cacheBytes());
            return new Circulation(inFlight, inFlight);
        }
        return new Circulation(inFlight, Math.toIntExact(heaps));
    }
}
