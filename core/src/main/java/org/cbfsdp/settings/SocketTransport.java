package org.cbfsdp.settings;

/** By which system calls datagrams move. */
public enum SocketTransport {
    /** {@link #LINUX} where it can be had, else {@link #NIO}. */
    AUTO,
    /** Many packets a call; wants the native library and a kernel that sends and receives in segments. */
    LINUX,
    /** One packet a call, by the JDK's channels; works everywhere. */
    NIO;

    static final ChoiceType<SocketTransport> TYPE = ChoiceType.of(SocketTransport.class);
}
