package org.kakehashi.media.codec;

import io.netty.buffer.ByteBuf;
import java.io.Serial;

/**
 * Reads the bits of a NAL unit, leaving out emulation prevention bytes (ITU-T H.264 section 7.3.1),
 * and its variable-length codes (section 9.1). Thread: one at a time.
 */
final class BitReader {
  private static final int MAX_ZEROS = 31;

  private final ByteBuf data;
  private final int end;
  private int next;
  private int zeros;
  private int current;
  private int left;

  /** The data ended before what it announced. */
  static final class EndOfDataException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    EndOfDataException() {
      super("The data ends too early", null, false, false);
    }
  }

  BitReader(ByteBuf data) {
    this.data = data;
    this.next = data.readerIndex();
    this.end = data.writerIndex();
  }

  /** The next {@code count} bits, at most 31, the first of them the highest. */
  int bits(int count) {
    int value = 0;
    for (int i = 0; i < count; i++) {
      value = value << 1 | bit();
    }
    return value;
  }

  void skip(int count) {
    for (int i = 0; i < count; i++) {
      bit();
    }
  }

  /** An unsigned Exp-Golomb code. */
  int ue() {
    int length = 0;
    while (bit() == 0) {
      if (++length > MAX_ZEROS) {
        throw new EndOfDataException();
      }
    }
    long value = (1L << length) - 1 + (length == 0 ? 0 : longBits(length));
    return (int) Math.min(value, Integer.MAX_VALUE - 1);
  }

  /** A signed Exp-Golomb code. */
  int se() {
    int code = ue();
    return (code & 1) == 1 ? (code + 1) / 2 : -(code / 2);
  }

  private long longBits(int count) {
    long value = 0;
    for (int i = 0; i < count; i++) {
      value = value << 1 | bit();
    }
    return value;
  }

  private int bit() {
    if (left == 0) {
      load();
    }
    left--;
    return current >> left & 1;
  }

  private void load() {
    if (next < end && zeros >= 2 && data.getByte(next) == 3) {
      next++;
      zeros = 0;
    }
    if (next >= end) {
      throw new EndOfDataException();
    }
    current = data.getUnsignedByte(next++);
    zeros = current == 0 ? zeros + 1 : 0;
    left = 8;
  }
}
