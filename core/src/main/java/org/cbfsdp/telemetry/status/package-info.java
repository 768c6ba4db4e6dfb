/**
 * The state of a program at a moment, as records and as JSON; events, their subscribers and their log.
 *
 * <p>Snapshots are made on the telemetry's thread; events may be published by any thread, which never waits.
 */
package org.cbfsdp.telemetry.status;
