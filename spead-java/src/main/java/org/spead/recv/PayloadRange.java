package org.spead.recv;

/**
 * Bytes of a heap that have arrived.
 *
 * @param start first byte, from the start of the heap
 * @param end one past the last byte
 */
public record PayloadRange(long start, long end) {}
