/**
 * Moves correlator elements between heap order and set order at the speed of memory.
 *
 * <p>In C++ because it takes stores past the cache and prefetching, which Java has not: in Java alone the same work runs at a
 * fifth of a plain copy. Not here: any other layout than equal byte order and all polarisations in order; that stays with the
 * caller, who also works where the library is absent. Stateless, called from any thread, takes no lock.
 */
package org.cbfsdp.transpose;
