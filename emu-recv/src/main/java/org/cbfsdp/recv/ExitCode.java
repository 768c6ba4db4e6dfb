package org.cbfsdp.recv;

/** What the programs of this package end with. */
final class ExitCode {
    /** Everything arrived; the sets are equal. */
    static final int OK = 0;

    /** Something failed; the sets differ. */
    static final int FAILED = 1;

    /** The command line, the settings or a set cannot be used. */
    static final int UNUSABLE = 2;

    /** Data were lost; the report says which. */
    static final int DATA_LOST = 3;

    private ExitCode() {}
}
