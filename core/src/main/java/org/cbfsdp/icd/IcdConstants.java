package org.cbfsdp.icd;

/**
 * Header items that are the same in every heap of a transmission. Immutable.
 *
 * @param polarisationId item 0x6004, 32 bits
 * @param phaseBinId item 0x6006, 16 bits
 * @param phaseBinCount item 0x6007, 16 bits
 * @param scanId item 0x6008, 64 bits unsigned
 * @param hardwareId item 0x6009, 32 bits unsigned
 */
public record IcdConstants(long polarisationId, int phaseBinId, int phaseBinCount, long scanId, long hardwareId) {}
