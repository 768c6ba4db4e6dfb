/**
 * The status as text for people: a block for terminals, a line for pipes and logs. Functions, and who prints them; no threads.
 */
package org.cbfsdp.telemetry.view;
