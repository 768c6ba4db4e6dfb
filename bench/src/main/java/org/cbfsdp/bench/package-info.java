/**
 * Measurements of single parts, made with JMH: {@code java -cp ... org.openjdk.jmh.Main <name of the benchmark>}.
 *
 * <p>Lives here: one class a part, each with a plain reference of the same bytes beside it, so that a figure means something
 * on any machine. Not here: tests, and nothing that a program of the suite needs. JMH starts the threads.
 */
package org.cbfsdp.bench;
