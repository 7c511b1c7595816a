package org.kakehashi.media.rtp;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.kakehashi.media.channel.MediaPacket;

/**
 * Which identifier each header extension got in the negotiation of one peer (RFC 8285 §5); 0: not
 * negotiated. Reads and writes these extensions. Immutable; any thread.
 *
 * @param audioLevel {@link #AUDIO_LEVEL_URI}
 * @param transportSequence {@link #TRANSPORT_SEQUENCE_URI}
 * @param absSendTime {@link #ABS_SEND_TIME_URI}
 * @param mid {@link #MID_URI}
 * @param rid {@link #RID_URI}
 */
public record HeaderExtensions(
    int audioLevel, int transportSequence, int absSendTime, int mid, int rid) {
  /** Client-to-mixer audio level, RFC 6464. */
  public static final String AUDIO_LEVEL_URI = "urn:ietf:params:rtp-hdrext:ssrc-audio-level";

  /** Transport-wide sequence number, draft-holmer-rmcat-transport-wide-cc-extensions-01 §2. */
  public static final String TRANSPORT_SEQUENCE_URI =
      "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";

  /** Absolute send time, 24 bits, 6.18 fixed-point seconds. */
  public static final String ABS_SEND_TIME_URI =
      "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time";

  /** The m-line a packet belongs to, RFC 9143 §15. */
  public static final String MID_URI = "urn:ietf:params:rtp-hdrext:sdes:mid";

  /** The layer a packet belongs to, RFC 8852 §4.1. */
  public static final String RID_URI = "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id";

  /** Nothing negotiated. */
  public static final HeaderExtensions NONE = new HeaderExtensions(0, 0, 0, 0, 0);

  /** The largest identifier of the one-byte form, the only one that is written. */
  public static final int MAX_ONE_BYTE_ID = 14;

  /**
   * The packet's audio level, RFC 6464 §3.
   *
   * @return 0 (loudest) to -127 dBov, or {@link MediaPacket#NO_LEVEL}
   */
  public int audioLevel(RtpPacket packet) {
    int at = packet.findExtension(audioLevel);
    return at >= 0 && packet.extensionLength() >= 1
        ? -(packet.buffer().getByte(at) & 0x7F)
        : MediaPacket.NO_LEVEL;
  }

  /** The transport-wide sequence number, 0 to 65535, or -1. */
  public int transportSequence(RtpPacket packet) {
    int at = packet.findExtension(transportSequence);
    return at >= 0 && packet.extensionLength() >= 2 ? packet.buffer().getUnsignedShort(at) : -1;
  }

  /** When the packet left its sender, in 2^-18 s modulo 64 s, or -1. */
  public int absSendTime(RtpPacket packet) {
    int at = packet.findExtension(absSendTime);
    return at >= 0 && packet.extensionLength() == 3 ? packet.buffer().getUnsignedMedium(at) : -1;
  }

  /** The identification of the packet's m-line, RFC 9143 §15.2; at most 16 characters of it. */
  public Optional<String> mid(RtpPacket packet) {
    return text(packet, mid);
  }

  /** The identification of the packet's layer, RFC 8852 §3; at most 16 characters of it. */
  public Optional<String> rid(RtpPacket packet) {
    return text(packet, rid);
  }

  private static Optional<String> text(RtpPacket packet, int id) {
    int at = packet.findExtension(id);
    int length = packet.extensionLength();
    return at >= 0 && length >= 1 && length <= 16
        ? Optional.of(packet.buffer().toString(at, length, StandardCharsets.UTF_8))
        : Optional.empty();
  }

  /**
   * Starts an extension block of the one-byte form; end it with {@link #end}.
   *
   * @return where the block starts, for {@link #end}
   */
  public static int begin(ByteBuf out) {
    int at = out.writerIndex();
    out.writeShort(0xBEDE);
    out.writeShort(0);
    return at;
  }

  /** Pads the block to a multiple of four bytes and fills in its length. */
  public static void end(ByteBuf out, int begun) {
    int length = out.writerIndex() - begun - 4;
    int padding = -length & 3;
    out.writeZero(padding);
    out.setShort(begun + 2, (length + padding) / 4);
  }

  /** Adds one element; {@code id} 1 to 14, {@code data} 1 to 16 bytes. */
  public static void write(ByteBuf out, int id, byte[] data) {
    out.writeByte(id << 4 | (data.length - 1));
    out.writeBytes(data);
  }

  /** Adds the audio level, 0 to -127 dBov. */
  public void writeAudioLevel(ByteBuf out, int level) {
    out.writeByte(audioLevel << 4);
    out.writeByte(Math.min(127, Math.max(0, -level)));
  }

  /** Adds a transport-wide sequence number. */
  public void writeTransportSequence(ByteBuf out, int sequence) {
    out.writeByte(transportSequence << 4 | 1);
    out.writeShort(sequence);
  }
}
