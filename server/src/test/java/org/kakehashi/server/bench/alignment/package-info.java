/**
 * Whether sound and picture of several people are recorded together: each clicks or flashes at the
 * same moments of one clock, in real time, over the network, to a real server; and what is read
 * back by HLS and from the MP4 is compared.
 *
 * <pre>
 *   Beat ─▶ Voice, Camera ─▶ RtpSender ─▶ (WHIP, SRTP) ─▶ House
 *                                    segments, MP4 ─▶ Heard ─▶ Comparison
 * </pre>
 */
@org.jspecify.annotations.NullMarked
package org.kakehashi.server.bench.alignment;
