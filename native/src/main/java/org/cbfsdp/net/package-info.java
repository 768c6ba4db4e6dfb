/**
 * Linux datagram sockets that move many packets a system call: what the JDK's channels cannot be told to do.
 *
 * <p>Lives here: {@link org.cbfsdp.net.LinuxSocket}, the list of messages that one call moves
 * ({@link org.cbfsdp.net.MessageVector}), and the names of system errors. Not here: names of hosts and interfaces, anything that looks
 * into a packet, casacore.
 *
 * <p>Priorities: a packet is copied by the kernel once and touched by nobody else; nothing is allocated a batch; a use after
 * close is an exception and never another file's descriptor.
 *
 * <p>Threads: one thread at a time moves messages; waking, closing and asking for drops may be done by any.
 */
package org.cbfsdp.net;
