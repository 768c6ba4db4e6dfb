package org.cbfsdp.jni;

/**
 * A call across the native boundary failed; carries what the native side said, never emptied.
 *
 * <p>Unchecked and immutable. {@link #code()} is the number the native side gave (an {@code errno}, or 0 where it has
 * none), {@link #nativeText()} its own words without anything this library added.
 */
public class NativeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;
    private final String nativeText;

    /**
     * Makes an exception.
     *
     * @param code number given by the native side, 0 if none
     * @param nativeText its words, unchanged
     * @param message the whole sentence for the reader
     */
    public NativeException(int code, String nativeText, String message) {
        super(message);
        this.code = code;
        this.nativeText = nativeText;
    }

    /** As the other constructor, with what led to this. */
    public NativeException(int code, String nativeText, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
        this.nativeText = nativeText;
    }

    /** The number given by the native side, 0 if it gave none. */
    public int code() {
        return code;
    }

    /** The words of the native side, unchanged. */
    public String nativeText() {
        return nativeText;
    }
}
