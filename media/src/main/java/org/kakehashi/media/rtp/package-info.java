/**
 * RTP and RTCP as pure arithmetic: bytes and times in, packets and reports out. No sockets, no
 * threads, no clock of its own.
 *
 * <pre>
 *   datagram ─▶ RtpPacket ─▶ ReceiveStream ─▶ MediaPacket ─▶ Source … Listener ─▶ SendStream ─▶ datagram
 *                             │ SequenceWindow  duplicates, order         └▶ PacketCache (NACK) ┘
 *                             │ RedPayload      redundancy
 *                             │ SourceClock     sender's time ─▶ session's time
 *                             └ NackList, KeyFrameRequests, ReceptionStatistics ─▶ RtcpPacket
 * </pre>
 */
@org.jspecify.annotations.NullMarked
package org.kakehashi.media.rtp;
