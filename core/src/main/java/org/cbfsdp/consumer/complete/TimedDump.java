package org.cbfsdp.consumer.complete;

import java.util.Optional;
import org.cbfsdp.payload.VisibilityDump;

/**
 * One step of a {@link DumpIteration}.
 *
 * @param timestampTicks time of the dump in 2^-32 s since the UNIX epoch, unsigned
 * @param dump empty when the dump is not complete and was skipped
 */
public record TimedDump(long timestampTicks, Optional<VisibilityDump> dump) {}
