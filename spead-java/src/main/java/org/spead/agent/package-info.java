/**
 * Duty-cycle agents: how every thread of the suite is written and made.
 *
 * <p>Lives here: the {@link org.spead.agent.Agent} contract, the {@link org.spead.agent.AgentRunner} that is the only
 * maker of threads, and the idle strategy between duty cycles. Not here: anything that knows packets, heaps or
 * sockets. An agent runs on one thread at a time; tests drive agents by hand, without a thread.
 */
package org.spead.agent;
