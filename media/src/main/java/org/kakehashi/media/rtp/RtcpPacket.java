package org.kakehashi.media.rtp;

import java.util.List;

/**
 * One RTCP packet of a compound: RFC 3550 §6, RFC 4585 §6, RFC 5104 §4. SSRCs and timestamps are
 * 32-bit patterns. Immutable; read by {@link RtcpReader}, written by {@link RtcpWriter}.
 */
public sealed interface RtcpPacket {

  /**
   * What a receiver says of one stream, RFC 3550 §6.4.1.
   *
   * @param ssrc the stream
   * @param fractionLost lost since the last report, in 1/256
   * @param cumulativeLost lost since the start, 24 bits, signed
   * @param highestSequence the highest sequence number with its count of cycles, 32 bits
   * @param jitter in units of the stream's RTP clock, 32 bits
   * @param lastReport middle bits of the last sender report's NTP time, 0 for none
   * @param delay since that report, in 1/65536 s
   */
  record ReportBlock(
      int ssrc,
      int fractionLost,
      int cumulativeLost,
      int highestSequence,
      int jitter,
      int lastReport,
      int delay) {}

  /**
   * A sender report, RFC 3550 §6.4.1.
   *
   * @param ntp wall-clock time at which {@code rtpTimestamp} is to be heard or seen
   * @param packets sent so far, modulo 2^32
   * @param octets of payload sent so far, modulo 2^32
   */
  record SenderReport(
      int ssrc, NtpTime ntp, int rtpTimestamp, int packets, int octets, List<ReportBlock> blocks)
      implements RtcpPacket {
    public SenderReport {
      blocks = List.copyOf(blocks);
    }
  }

  /** A receiver report, RFC 3550 §6.4.2; at most 31 blocks. */
  record ReceiverReport(int ssrc, List<ReportBlock> blocks) implements RtcpPacket {
    public ReceiverReport {
      blocks = List.copyOf(blocks);
    }
  }

  /** The canonical name of an SSRC, RFC 3550 §6.5.1. */
  record Cname(int ssrc, String name) {}

  /** Source descriptions, of which only the canonical names are kept, RFC 3550 §6.5. */
  record SourceDescription(List<Cname> cnames) implements RtcpPacket {
    public SourceDescription {
      cnames = List.copyOf(cnames);
    }
  }

  /**
   * Streams that end, RFC 3550 §6.6.
   *
   * @param reason for people; may be empty
   */
  record Bye(List<Integer> ssrcs, String reason) implements RtcpPacket {
    public Bye {
      ssrcs = List.copyOf(ssrcs);
    }
  }

  /**
   * Packets that did not arrive, RFC 4585 §6.2.1.
   *
   * @param lost sequence numbers, 0 to 65535, in the order asked for
   */
  record Nack(int senderSsrc, int mediaSsrc, List<Integer> lost) implements RtcpPacket {
    public Nack {
      lost = List.copyOf(lost);
    }
  }

  /** A picture cannot be decoded any more: a key frame is asked for, RFC 4585 §6.3.1. */
  record Pli(int senderSsrc, int mediaSsrc) implements RtcpPacket {}

  /** One request of a {@link Fir}; {@code number} (0 to 255) stays when the request is repeated. */
  record FirEntry(int ssrc, int number) {}

  /** Key frames are asked for, RFC 5104 §4.3.1. */
  record Fir(int senderSsrc, List<FirEntry> entries) implements RtcpPacket {
    public Fir {
      entries = List.copyOf(entries);
    }
  }

  /**
   * When each packet of a transport arrived, draft-holmer-rmcat-transport-wide-cc-extensions-01
   * §3.1.
   *
   * @param baseSequence transport-wide sequence number of the first packet reported on
   * @param referenceTime in 64 ms, 24 bits, signed; the first delta counts from it
   * @param count of feedback packets so far, 0 to 255
   * @param deltas a packet each: 0.25 ms since the packet received before it, -32768 to 32767, or
   *     {@link #NOT_RECEIVED}
   */
  record TransportFeedback(
      int senderSsrc,
      int mediaSsrc,
      int baseSequence,
      int referenceTime,
      int count,
      List<Integer> deltas)
      implements RtcpPacket {
    /** Stands for a packet that has not arrived. */
    public static final int NOT_RECEIVED = Integer.MIN_VALUE;

    /** The most packets one feedback may report on here; the wire has room for 65535. */
    public static final int MAX_STATUSES = 8192;

    public TransportFeedback {
      deltas = List.copyOf(deltas);
    }
  }

  /**
   * Receiver's estimate of the bit rate it can take, draft-alvestrand-rmcat-remb-03.
   *
   * @param bitrate bit/s
   */
  record Remb(int senderSsrc, long bitrate, List<Integer> ssrcs) implements RtcpPacket {
    public Remb {
      ssrcs = List.copyOf(ssrcs);
    }
  }

  /**
   * Well formed, but none of the above.
   *
   * @param type the packet type, 192 to 223
   * @param format the five bits that count or tell the format
   */
  record Unknown(int type, int format) implements RtcpPacket {}
}
