/**
 * The status as text for people: a block for terminals, a line for pipes and logs; and the output that knows whether it was written.
 * Functions, and who prints them; no threads.
 */
package org.cbfsdp.telemetry.view;
