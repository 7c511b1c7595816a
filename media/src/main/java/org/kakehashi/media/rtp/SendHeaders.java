package org.kakehashi.media.rtp;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.MediaPacket;

/**
 * Writes the headers of one outgoing track: the same for the same packet, however often it is sent.
 * Nothing is allocated for one. Thread: the listener's media loop.
 */
final class SendHeaders {
  private final SendFormat format;
  private final byte[] mid;
  private final @Nullable IntSupplier offered;
  private final @Nullable TransportNumbers given;

  /** The last packet that names its m-line. */
  private long midUntil = Long.MAX_VALUE;

  private int count;
  private boolean numberedAnew;

  /**
   * @param offered the transport-wide number of the packet about to be written, 0 to 65535; null
   *     for none
   */
  SendHeaders(SendFormat format, @Nullable IntSupplier offered) {
    this.format = format;
    this.mid = format.mid().getBytes(UTF_8);
    this.offered = format.extensions().transportSequence() > 0 ? offered : null;
    this.given = this.offered == null ? null : new TransportNumbers();
  }

  /** How many were written; modulo 2^32. */
  int count() {
    return count;
  }

  /** Whether the one written last took the number that was offered. */
  boolean isNumberedAnew() {
    return numberedAnew;
  }

  /**
   * The receiver has reported on the track: what follows needs no m-line any more (RFC 9143 §15.2).
   *
   * @param highest what was sent until now
   */
  void reported(long highest) {
    midUntil = Math.min(midUntil, highest);
  }

  /** Writes one at the writer index of {@code out}. */
  void put(ByteBuf out, boolean marker, int level, int payloadType, long sequence, long timestamp) {
    HeaderExtensions extensions = format.extensions();
    boolean withMid = extensions.mid() > 0 && mid.length > 0 && sequence <= midUntil;
    boolean withLevel = extensions.audioLevel() > 0 && level != MediaPacket.NO_LEVEL;
    int number = number(sequence);
    boolean extended = withMid || withLevel || number >= 0;
    RtpPacket.writeHeader(
        out, extended, marker, payloadType, (int) sequence, (int) timestamp, format.ssrc());
    if (extended) {
      int block = HeaderExtensions.begin(out);
      if (withLevel) {
        extensions.writeAudioLevel(out, level);
      }
      if (withMid) {
        HeaderExtensions.write(out, extensions.mid(), mid);
      }
      if (number >= 0) {
        extensions.writeTransportSequence(out, number);
      }
      HeaderExtensions.end(out, block);
    }
    count++;
  }

  private int number(long sequence) {
    IntSupplier numbers = offered;
    TransportNumbers before = given;
    if (numbers == null || before == null) {
      return -1;
    }
    int number = before.of(sequence);
    numberedAnew = number < 0;
    if (numberedAnew) {
      number = numbers.getAsInt();
      before.put(sequence, number);
    }
    return number;
  }
}
