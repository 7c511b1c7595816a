package org.kakehashi.media.rtp;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.kakehashi.media.rtp.RtcpPacket.TransportFeedback;

/**
 * The body of a transport-wide feedback packet, draft-holmer-rmcat-transport-wide-cc-extensions-01
 * §3.1.
 *
 * <pre>
 *   |               sender SSRC, media SSRC (32 bits each)          |
 *   |      base sequence            |      packet status count      |
 *   |       reference time (24 bits, 64 ms)         | feedback count|
 *   | chunks: 0 SS run(13)  |  1 0 14 × 1 bit  |  1 1 7 × 2 bits    |
 *   | deltas: 8 bits (small) or 16 bits (large), then zero padding  |
 * </pre>
 */
final class TransportFeedbackCodec {
  private static final int NONE = 0;
  private static final int SMALL = 1;
  private static final int LARGE = 2;
  private static final int MAX_RUN = 0x1FFF;

  private TransportFeedbackCodec() {}

  static Optional<TransportFeedback> read(ByteBuf body) {
    if (body.readableBytes() < 16) {
      return Optional.empty();
    }
    int sender = body.readInt();
    int media = body.readInt();
    int base = body.readUnsignedShort();
    int count = body.readUnsignedShort();
    int reference = body.readMedium();
    int feedbackCount = body.readUnsignedByte();
    if (count == 0 || count > TransportFeedback.MAX_STATUSES) {
      return Optional.empty();
    }
    byte[] symbols = new byte[count];
    if (!readSymbols(body, symbols)) {
      return Optional.empty();
    }
    List<Integer> deltas = new ArrayList<>(count);
    for (byte symbol : symbols) {
      if (symbol == NONE) {
        deltas.add(TransportFeedback.NOT_RECEIVED);
      } else if (body.readableBytes() < symbol) {
        return Optional.empty();
      } else {
        deltas.add(symbol == SMALL ? (int) body.readUnsignedByte() : (int) body.readShort());
      }
    }
    return Optional.of(
        new TransportFeedback(sender, media, base, reference, feedbackCount, deltas));
  }

  private static boolean readSymbols(ByteBuf body, byte[] symbols) {
    int filled = 0;
    while (filled < symbols.length) {
      if (body.readableBytes() < 2) {
        return false;
      }
      int chunk = body.readUnsignedShort();
      boolean isVector = (chunk & 0x8000) != 0;
      int width = isVector ? ((chunk & 0x4000) != 0 ? 2 : 1) : 0;
      int run = isVector ? 14 / width : chunk & MAX_RUN;
      if (run == 0) {
        return false;
      }
      for (int i = 0; i < run && filled < symbols.length; i++) {
        int symbol = isVector ? chunk >> 14 - width * (i + 1) & (1 << width) - 1 : chunk >> 13 & 3;
        if (symbol > LARGE) {
          return false; // Reserved.
        }
        symbols[filled++] = (byte) symbol;
      }
    }
    return true;
  }

  static void write(ByteBuf out, TransportFeedback feedback) {
    List<Integer> deltas = feedback.deltas();
    if (deltas.isEmpty() || deltas.size() > TransportFeedback.MAX_STATUSES) {
      throw new IllegalArgumentException("feedback on " + deltas.size() + " packets");
    }
    int start = out.writerIndex();
    out.writeInt(feedback.senderSsrc());
    out.writeInt(feedback.mediaSsrc());
    out.writeShort(feedback.baseSequence());
    out.writeShort(deltas.size());
    out.writeMedium(feedback.referenceTime());
    out.writeByte(feedback.count());
    for (int at = 0; at < deltas.size(); ) {
      at = writeChunk(out, deltas, at);
    }
    for (int delta : deltas) {
      switch (symbol(delta)) {
        case SMALL -> out.writeByte(delta);
        case LARGE -> out.writeShort(delta);
        default -> {}
      }
    }
    out.writeZero(-(out.writerIndex() - start) & 3);
  }

  /**
   * Writes the chunk that covers most packets from {@code at} on; returns where the next starts.
   */
  private static int writeChunk(ByteBuf out, List<Integer> deltas, int at) {
    int left = deltas.size() - at;
    int first = symbol(deltas.get(at));
    int run = 1;
    while (run < left && run < MAX_RUN && symbol(deltas.get(at + run)) == first) {
      run++;
    }
    boolean anyLarge = false;
    for (int i = 0; i < Math.min(14, left); i++) {
      anyLarge |= symbol(deltas.get(at + i)) == LARGE;
    }
    int width = anyLarge ? 2 : 1;
    int inVector = 14 / width;
    if (run >= Math.min(inVector, left)) {
      out.writeShort(first << 13 | run);
      return at + run;
    }
    int chunk = 0x8000 | (width == 2 ? 0x4000 : 0);
    for (int i = 0; i < Math.min(inVector, left); i++) {
      chunk |= symbol(deltas.get(at + i)) << 14 - width * (i + 1);
    }
    out.writeShort(chunk);
    return at + Math.min(inVector, left);
  }

  private static int symbol(int delta) {
    if (delta == TransportFeedback.NOT_RECEIVED) {
      return NONE;
    }
    if (delta >= 0 && delta <= 255) {
      return SMALL;
    }
    if (delta < Short.MIN_VALUE || delta > Short.MAX_VALUE) {
      throw new IllegalArgumentException("delta out of range: " + delta);
    }
    return LARGE;
  }
}
