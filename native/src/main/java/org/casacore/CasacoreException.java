package org.casacore;

import java.io.Serial;
import org.cbfsdp.jni.NativeException;

/** casacore refused or failed; {@link #nativeText()} is its own text, {@link #nativeType()} its C++ exception type. */
public final class CasacoreException extends NativeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String nativeType;

    /** Called by the bridge, which looks for these three parameters. */
    CasacoreException(String nativeType, String where, String text) {
        super(0, text, where.isEmpty() ? text : where + ": " + text);
        this.nativeType = nativeType;
    }

    /** The C++ type, such as {@code casacore::TableError}; empty when the refusal did not come from casacore. */
    public String nativeType() {
        return nativeType;
    }
}
