/**
 * End-to-end tests: what the quick starts and the README show is run on the distribution, from outside.
 *
 * <p>No class of the suite is used here, only its programs. Each process is bounded in time.
 */
package org.cbfsdp.quickstart;
