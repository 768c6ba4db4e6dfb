/**
 * Metrics for Prometheus: what there is, declared once, and collectors that read plain counters when somebody looks.
 *
 * <p>Not here: counters that anything on the way of the data touches. Collectors run on the thread that scrapes.
 */
package org.cbfsdp.telemetry.metric;
