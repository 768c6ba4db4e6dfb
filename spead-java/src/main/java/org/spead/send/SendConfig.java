package org.spead.send;

import org.spead.packet.HeapPacketizer;

/**
 * How a {@link SendStream} divides and paces heaps. Immutable; {@link #builder()} knows the defaults.
 *
 * @param maxPacketBytes largest packet, rounded down to a multiple of 8; default 1472
 * @param rateBytesPerSecond bytes of packets (UDP payload) a second; default 0, as fast as the sink takes them
 * @param burstBytes packets are paced in bursts of at least this many bytes; default 65536
 * @param burstRateRatio how much faster than the rate a late stream may catch up, at least 1; default 1.05
 * @param earlyNanos how much before its time a burst may be sent, see {@link RateLimiter}; default 100 µs
 * @param maxHeaps heaps queued or being sent before another is refused; default 4
 * @param firstHeapCnt heap count of the first heap; default 1
 * @param heapCntStep what is added for each next heap, not 0; default 1
 * @param rateMethod who paces; default {@link RateMethod#AUTO}
 */
public record SendConfig(
        int maxPacketBytes,
        long rateBytesPerSecond,
        int burstBytes,
        double burstRateRatio,
        long earlyNanos,
        int maxHeaps,
        long firstHeapCnt,
        long heapCntStep,
        RateMethod rateMethod) {

    public SendConfig {
        boolean packetSize =
                maxPacketBytes >= HeapPacketizer.MIN_PACKET_BYTES && maxPacketBytes <= HeapPacketizer.MAX_PACKET_BYTES;
        require(packetSize, "maxPacketBytes", maxPacketBytes);
        require(
                rateBytesPerSecond >= 0 && rateBytesPerSecond <= RateLimiter.MAX_RATE,
                "rateBytesPerSecond",
                rateBytesPerSecond);
        require(burstBytes > 0, "burstBytes", burstBytes);
        require(burstRateRatio >= 1 && burstRateRatio < 1e6, "burstRateRatio", burstRateRatio);
        require(earlyNanos >= 0 && earlyNanos <= 1_000_000_000, "earlyNanos", earlyNanos);
        require(maxHeaps > 0, "maxHeaps", maxHeaps);
        require(firstHeapCnt >= 0, "firstHeapCnt", firstHeapCnt);
        require(heapCntStep != 0, "heapCntStep", heapCntStep);
        if (rateMethod == RateMethod.HARDWARE) {
            throw new IllegalArgumentException("rateMethod must not be HARDWARE: Java cannot set a socket's pacing rate"
                    + " (SO_MAX_PACING_RATE); give AUTO or SOFTWARE");
        }
    }

    private static void require(boolean holds, String name, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(name + " must not be " + value);
        }
    }

    /** A builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Collects what differs from the defaults. */
    public static final class Builder {
        private int maxPacketBytes = 1472;
        private long rateBytesPerSecond;
        private int burstBytes = 65_536;
        private double burstRateRatio = 1.05;
        private long earlyNanos = 100_000;
        private int maxHeaps = 4;
        private long firstHeapCnt = 1;
        private long heapCntStep = 1;
        private RateMethod rateMethod = RateMethod.AUTO;

        private Builder() {}

        /** See {@link SendConfig#maxPacketBytes()}. */
        public Builder maxPacketBytes(int value) {
            maxPacketBytes = value;
            return this;
        }

        /** See {@link SendConfig#rateBytesPerSecond()}. */
        public Builder rateBytesPerSecond(long value) {
            rateBytesPerSecond = value;
            return this;
        }

        /** See {@link SendConfig#burstBytes()}. */
        public Builder burstBytes(int value) {
            burstBytes = value;
            return this;
        }

        /** See {@link SendConfig#burstRateRatio()}. */
        public Builder burstRateRatio(double value) {
            burstRateRatio = value;
            return this;
        }

        /** See {@link SendConfig#earlyNanos()}. */
        public Builder earlyNanos(long value) {
            earlyNanos = value;
            return this;
        }

        /** See {@link SendConfig#maxHeaps()}. */
        public Builder maxHeaps(int value) {
            maxHeaps = value;
            return this;
        }

        /** See {@link SendConfig#firstHeapCnt()} and {@link SendConfig#heapCntStep()}. */
        public Builder heapCntSequence(long first, long step) {
            firstHeapCnt = first;
            heapCntStep = step;
            return this;
        }

        /** See {@link SendConfig#rateMethod()}. */
        public Builder rateMethod(RateMethod value) {
            rateMethod = value;
            return this;
        }

        /** Checks and freezes. */
        public SendConfig build() {
            return new SendConfig(
                    maxPacketBytes,
                    rateBytesPerSecond,
                    burstBytes,
                    burstRateRatio,
                    earlyNanos,
                    maxHeaps,
                    firstHeapCnt,
                    heapCntStep,
                    rateMethod);
        }
    }
}
