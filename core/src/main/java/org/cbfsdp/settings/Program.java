package org.cbfsdp.settings;

/** One of the two programs that share the settings. */
public enum Program {
    SEND("emu-send"),
    RECV("emu-recv");

    private final String command;

    Program(String command) {
        this.command = command;
    }

    /** The name of the command, as typed. */
    public String command() {
        return command;
    }
}
