/**
 * casacore tables for Java: open, make, read and write tables, columns and keywords, Measurement Sets included.
 *
 * <p>Priorities, in this order: never crash the JVM (every casacore error is a {@link org.casacore.CasacoreException}
 * with casacore's own text, every misuse a Java exception that names table and column); move blocks of rows, never
 * cells, between casacore and direct buffers without a copy on the way; keep casacore's table model and names; Java
 * idioms only where they do not fight with those.
 *
 * <p>Not here: anything about visibilities, baselines or SPEAD. No class loads the native library when it is
 * initialised; {@link org.casacore.Casacore} tells whether it is there.
 *
 * <p>Threads: casacore keeps one table cache a process, and a table is not safe in two threads even through two
 * objects. A {@link org.casacore.Table}, with its columns, keywords and subtables, therefore belongs to the thread
 * that opened it, and a path open in one thread cannot be opened in another. Under that, one lock a process is held
 * round each call into casacore, so threads with different tables wait for each other: do the work on the data
 * outside. {@link org.casacore.TableDescription} and the other values are immutable and go anywhere.
 */
package org.casacore;
