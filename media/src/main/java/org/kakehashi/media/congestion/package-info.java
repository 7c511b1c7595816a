/**
 * How much a receiver's line takes, from when its packets arrive: transport-wide congestion control
 * as its sender does it. Pure arithmetic; times are passed in.
 *
 * <pre>
 *   packet sent ─▶ SentPackets ◀─ TransportFeedback
 *                      │ sent, arrived, bytes            │ lost
 *                      ├─▶ DelayTrend   queues grow?     └─▶ LossRate
 *                      └─▶ Throughput   what came through
 *                                 └────▶ BandwidthEstimator ─▶ bit/s
 * </pre>
 */
@org.jspecify.annotations.NullMarked
package org.kakehashi.media.congestion;
