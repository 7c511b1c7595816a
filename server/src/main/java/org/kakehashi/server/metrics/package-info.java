/**
 * What operators see: counters and gauges in Prometheus's format. Names and units are listed in
 * {@code docs/operations/metrics.md}.
 */
@org.jspecify.annotations.NullMarked
package org.kakehashi.server.metrics;
