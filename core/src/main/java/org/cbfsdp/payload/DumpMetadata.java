package org.cbfsdp.payload;

/**
 * What the telescope model knows of one dump. Immutable by convention: the array is not changed after construction.
 *
 * @param index position among the model's dumps
 * @param timeMjdSeconds centre of the dump
 * @param intervalSeconds distance to the next dump
 * @param exposureSeconds time integrated
 * @param uvwMetres u, v, w of each baseline in the model's order; zero for a baseline the model lacks in this dump
 */
@SuppressWarnings("ArrayRecordComponent") // one large block a dump, shared and never compared
public record DumpMetadata(
        int index, double timeMjdSeconds, double intervalSeconds, double exposureSeconds, double[] uvwMetres) {}
