/**
 * What fan-out costs: one load generator, which is thousands of listeners on one socket, against
 * this server, Janus and a bare loop.
 *
 * <pre>
 *   FanoutBench ─▶ Target (Kakehashi, Janus) in a PinnedProcess   ─▶ packets
 *        └───────▶ Doors ─▶ Crowd of Attendees on a WideSocket    ◀─┘
 * </pre>
 */
@org.jspecify.annotations.NullMarked
package org.kakehashi.server.bench.fanout;
