package org.spead.send;

/** Who holds packets back until they are due. */
public enum RateMethod {
    /** The stream, by the clock: see {@link RateLimiter}. */
    SOFTWARE,
    /**
     * The network card or the kernel's queueing discipline, told by the socket option {@code SO_MAX_PACING_RATE}. The JDK has no
     * such option, so it is refused: {@link SendConfig} says so in a sentence.
     */
    HARDWARE,
    /** The best there is; that is {@link #SOFTWARE}. */
    AUTO
}
