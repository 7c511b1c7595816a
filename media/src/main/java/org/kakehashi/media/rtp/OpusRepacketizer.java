package org.kakehashi.media.rtp;

import io.netty.buffer.ByteBuf;

/**
 * Puts the frames of several Opus packets into one, without decoding: RFC 6716 §3.2. Only frames of
 * equal configuration and channel count go together, and no more than 120 ms.
 *
 * <pre>
 *   code 0  | TOC | frame |
 *   code 1  | TOC | frame | frame of equal length |
 *   code 2  | TOC | length 1 | frame | frame |
 *   code 3  | TOC | v p count | (padding) | lengths if v | frames | (padding) |
 * </pre>
 *
 * <p>Thread: one at a time, the media loop's. Holds no reference to what it is given: the frames
 * are copied, since they are few and small.
 */
public final class OpusRepacketizer {
  /** The longest frame in bytes (RFC 6716 §3.2.5 R2). */
  private static final int MAX_FRAME = 1_275;

  private static final int MAX_FRAMES = 48;
  private static final int VBR = 0x80;
  private static final int PADDED = 0x40;
  private static final int CODE = 3;

  private final byte[] data = new byte[MAX_FRAMES * MAX_FRAME];
  private final int[] lengths = new int[MAX_FRAMES];
  private final int[] parsed = new int[MAX_FRAMES];
  private int parsedFrom;
  private int toc;
  private int frameSamples;
  private int frames;
  private int bytes;

  /**
   * Appends a packet's frames.
   *
   * @param packet one Opus packet; its indices stay where they are
   * @return false, and nothing appended, if it does not go with those before: another
   *     configuration, more than 120 ms in all, or not well formed
   */
  public boolean add(ByteBuf packet) {
    int count = parse(packet);
    if (count <= 0) {
      return false;
    }
    int head = packet.getByte(packet.readerIndex()) & ~CODE & 0xFF;
    int samples = OpusToc.samples(packet) / count;
    boolean fits = frames == 0 || toc == head;
    if (!fits || frames + count > MAX_FRAMES || (frames + count) * samples > OpusToc.MAX_SAMPLES) {
      return false;
    }
    toc = head;
    frameSamples = samples;
    int from = parsedFrom;
    for (int i = 0; i < count; i++) {
      packet.getBytes(from, data, bytes, parsed[i]);
      lengths[frames++] = parsed[i];
      bytes += parsed[i];
      from += parsed[i];
    }
    return true;
  }

  /** How many frames it holds. */
  public int frames() {
    return frames;
  }

  /** How much sound it holds, in samples at 48 kHz. */
  public int samples() {
    return frames * frameSamples;
  }

  /** How many bytes {@link #write} writes at most. */
  public int maxLength() {
    return bytes + 2 + 2 * frames;
  }

  /** Writes the packet; nothing if there are no frames. They stay until {@link #clear}. */
  public void write(ByteBuf out) {
    boolean equal = true;
    for (int i = 1; i < frames; i++) {
      equal &= lengths[i] == lengths[0];
    }
    switch (frames) {
      case 0 -> {}
      case 1 -> out.writeByte(toc);
      case 2 -> {
        out.writeByte(toc | (equal ? 1 : 2));
        if (!equal) {
          writeLength(out, lengths[0]);
        }
      }
      default -> {
        out.writeByte(toc | CODE).writeByte(frames | (equal ? 0 : VBR));
        for (int i = 0; i < frames - 1 && !equal; i++) {
          writeLength(out, lengths[i]);
        }
      }
    }
    out.writeBytes(data, 0, bytes);
  }

  /** Forgets the frames. */
  public void clear() {
    frames = 0;
    bytes = 0;
  }

  private static void writeLength(ByteBuf out, int length) {
    if (length < 252) {
      out.writeByte(length);
    } else {
      out.writeByte(252 + (length & 3)).writeByte(length - 252 >> 2);
    }
  }

  /** Finds the frames' lengths and where they begin; 0 if the packet breaks a rule. */
  private int parse(ByteBuf packet) {
    if (OpusToc.samples(packet) <= 0) {
      return 0;
    }
    int at = packet.readerIndex() + 1;
    int end = packet.writerIndex();
    int code = packet.getByte(at - 1) & CODE;
    int count =
        switch (code) {
          case 0 -> single(at, end);
          case 1 -> equal(at, end, 2);
          case 2 -> variable(packet, at, end, 2);
          default -> counted(packet, at, end);
        };
    for (int i = 0; i < count; i++) {
      if (parsed[i] > MAX_FRAME) {
        return 0;
      }
    }
    return count;
  }

  private int single(int at, int end) {
    parsedFrom = at;
    parsed[0] = end - at;
    return 1;
  }

  private int equal(int at, int end, int count) {
    if ((end - at) % count != 0) {
      return 0;
    }
    parsedFrom = at;
    for (int i = 0; i < count; i++) {
      parsed[i] = (end - at) / count;
    }
    return count;
  }

  private int variable(ByteBuf packet, int from, int end, int count) {
    int at = from;
    int total = 0;
    for (int i = 0; i < count - 1; i++) {
      if (at >= end) {
        return 0;
      }
      int length = packet.getUnsignedByte(at++);
      if (length >= 252) {
        if (at >= end) {
          return 0;
        }
        length += 4 * packet.getUnsignedByte(at++);
      }
      parsed[i] = length;
      total += length;
    }
    parsed[count - 1] = end - at - total;
    parsedFrom = at;
    return parsed[count - 1] < 0 ? 0 : count;
  }

  private int counted(ByteBuf packet, int from, int end) {
    int at = from;
    int head = packet.getUnsignedByte(at++);
    int count = head & 0x3F;
    int last = end;
    if ((head & PADDED) != 0) {
      int part;
      do {
        if (at >= end) {
          return 0;
        }
        part = packet.getUnsignedByte(at++);
        last -= part == 255 ? 254 : part;
      } while (part == 255);
    }
    if (last < at) {
      return 0;
    }
    return (head & VBR) != 0 ? variable(packet, at, last, count) : equal(at, last, count);
  }
}
