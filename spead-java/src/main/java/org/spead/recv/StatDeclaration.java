package org.spead.recv;

/**
 * A statistic of a stream: one that every stream has, or one declared by {@link ReceiveConfig#customStats()}. Immutable.
 *
 * @param name unique among those of the stream
 * @param mode what becomes of recorded values
 */
public record StatDeclaration(String name, StatMode mode) {
    public StatDeclaration {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a statistic needs a name");
        }
    }
}
