package org.cbfsdp.payload;

/**
 * The frequency axis. Immutable.
 *
 * @param channelCount number of channels
 * @param startHz centre of the first channel
 * @param incrementHz distance from one channel's centre to the next; negative for a falling axis
 */
public record SpectralWindow(int channelCount, double startHz, double incrementHz) {}
