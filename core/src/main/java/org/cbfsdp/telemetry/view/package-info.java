/** The status as text for people: a block for terminals, a line for pipes and logs. Pure functions, no threads. */
package org.cbfsdp.telemetry.view;
