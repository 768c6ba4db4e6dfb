/**
 * The vocabulary of SPEAD: flavours, item pointers, item identifiers, descriptors and values.
 *
 * <p>Lives here: how an item pointer, a descriptor and an item's value are laid out in bytes (SPEAD protocol, revision
 * 2012). Not here: packets, heaps being assembled, sockets, threads. Values are immutable unless a class says otherwise;
 * bytes that came from the network never make a decoder here throw out of the receive path, they become named faults.
 */
package org.spead.item;
