/**
 * The floor under every native library of the suite: finding and loading it, holding its objects, its error base.
 *
 * <p>Priorities, in this order: never crash the JVM (a use after close, a missing library and a wrong one are
 * exceptions); lose no cause (every place that was tried is told with what went wrong there); load late (no class
 * loads a library when it is initialised, so all of them work where the library is absent until they are used).
 *
 * <p>Not here: any {@code native} method, any knowledge of casacore or sockets.
 *
 * <p>Threads: {@link org.cbfsdp.jni.NativeLibrary} may be asked from any thread; a {@link org.cbfsdp.jni.NativeHandle}
 * belongs to the thread that made it and checks that.
 */
package org.cbfsdp.jni;
