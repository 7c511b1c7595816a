package org.kakehashi.media.codec;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the NAL units in H.264 as files and encoders carry it: with start codes (ITU-T H.264 annex
 * B) or with a length before each (ISO/IEC 14496-15). Thread: any; pure. Malformed input gives
 * fewer units, never an exception.
 */
public final class NalUnits {
  /** A slice of a picture that refers to others. */
  public static final int SLICE = 1;

  /** A slice of an IDR picture, where a decoder can start. */
  public static final int IDR = 5;

  /** A sequence parameter set. */
  public static final int SPS = 7;

  /** A picture parameter set. */
  public static final int PPS = 8;

  private NalUnits() {}

  /** The NAL unit's type, table 7-1. */
  public static int type(ByteBuf nal) {
    return nal.getByte(nal.readerIndex()) & 0x1F;
  }

  /**
   * Units between start codes.
   *
   * @return slices of {@code data}, which keeps its ownership
   */
  public static List<ByteBuf> ofAnnexB(ByteBuf data) {
    List<ByteBuf> units = new ArrayList<>();
    int end = data.writerIndex();
    int start = -1;
    int zeros = 0;
    for (int i = data.readerIndex(); i < end; i++) {
      int value = data.getByte(i);
      if (value == 1 && zeros >= 2) {
        add(units, data, start, i - zeros);
        start = i + 1;
      }
      zeros = value == 0 ? zeros + 1 : 0;
    }
    add(units, data, start, end - zeros); // Zeros after the last unit are padding too.
    return units;
  }

  /**
   * Units with a length before each.
   *
   * @param lengthSize bytes of each length, 1 to 4
   * @return slices of {@code data}, which keeps its ownership
   */
  public static List<ByteBuf> ofLengths(ByteBuf data, int lengthSize) {
    List<ByteBuf> units = new ArrayList<>();
    int position = data.readerIndex();
    int end = data.writerIndex();
    while (end - position > lengthSize) {
      long length = 0;
      for (int i = 0; i < lengthSize; i++) {
        length = length << 8 | data.getUnsignedByte(position++);
      }
      if (length > end - position) {
        break;
      }
      if (length > 0) {
        units.add(data.slice(position, (int) length));
      }
      position += (int) length;
    }
    return units;
  }

  private static void add(List<ByteBuf> units, ByteBuf data, int start, int end) {
    if (start >= 0 && end > start) {
      units.add(data.slice(start, end - start));
    }
  }
}
