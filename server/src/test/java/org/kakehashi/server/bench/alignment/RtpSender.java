package org.kakehashi.server.bench.alignment;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.kakehashi.media.rtp.NtpTime;
import org.kakehashi.media.rtp.RtcpPacket.Cname;
import org.kakehashi.media.rtp.RtcpPacket.SenderReport;
import org.kakehashi.media.rtp.RtcpPacket.SourceDescription;
import org.kakehashi.media.rtp.RtpPacket;
import org.kakehashi.server.bench.MediaApi;

/**
 * One RTP stream of a connection, with a sender report a second (RFC 3550 section 6.4.1). One
 * thread.
 */
final class RtpSender {
  private static final long REPORT_EVERY = 1_000_000_000L;

  private final MediaApi.Connection connection;
  private final int ssrc;
  private final int payloadType;
  private final SenderClock clock;
  private int sequence = 100;
  private int packets;
  private int octets;
  private long reportAt = Long.MIN_VALUE;

  RtpSender(MediaApi.Connection connection, int ssrc, int payloadType, SenderClock clock) {
    this.connection = connection;
    this.ssrc = ssrc;
    this.payloadType = payloadType;
    this.clock = clock;
  }

  /**
   * Sends a payload, which is released.
   *
   * @param timestamp by this stream's RTP clock
   */
  void send(ByteBuf payload, long timestamp, boolean marker) {
    ByteBuf packet = Unpooled.buffer(12 + payload.readableBytes());
    RtpPacket.writeHeader(
        packet, false, marker, payloadType, sequence++ & 0xFFFF, (int) timestamp, ssrc);
    packets++;
    octets += payload.readableBytes();
    packet.writeBytes(payload);
    payload.release();
    connection.client().sendRtp(packet);
  }

  /** Sends a report if one is due: what the sender's wall clock and its RTP clock say now. */
  void report(long nanos) {
    if (nanos < reportAt) {
      return;
    }
    reportAt = nanos + REPORT_EVERY;
    NtpTime ntp = NtpTime.of(clock.wallTime(nanos));
    int timestamp = (int) clock.timestamp(nanos);
    connection
        .client()
        .sendRtcp(
            new SenderReport(ssrc, ntp, timestamp, packets, octets, List.of()),
            new SourceDescription(List.of(new Cname(ssrc, "client"))));
  }
}
