/**
 * Standard output of the programs, where a result that nobody can read is a failure. Not here: command lines, and what is printed. Used by
 * the main thread.
 */
package org.cbfsdp.console;
