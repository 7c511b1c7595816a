package org.kakehashi.media.rtp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a receiver does with H.264 payloads (RFC 6184 sections 5.6 to 5.8), written strictly and on
 * its own, so that tests can hold the packetizer against it. Throws where a receiver would
 * complain.
 */
public final class H264Reassembly {
  private final List<byte[]> nalUnits = new ArrayList<>();
  private @Nullable ByteArrayOutputStream fragments;

  /** Takes the next payload; reads it, does not consume it. */
  public void add(ByteBuf payload) {
    byte[] bytes = ByteBufUtil.getBytes(payload);
    int type = bytes[0] & 0x1F;
    check(type == 28 || fragments == null, "a fragmented unit was not finished");
    switch (type) {
      case 24 -> aggregated(bytes);
      case 28 -> fragment(bytes);
      default -> {
        check(type >= 1 && type <= 23, "payload type " + type);
        nalUnits.add(bytes);
      }
    }
  }

  /** The NAL units received so far. */
  public List<byte[]> nalUnits() {
    check(fragments == null, "a fragmented unit was not finished");
    return nalUnits;
  }

  private void aggregated(byte[] bytes) {
    int position = 1;
    int nri = 0;
    while (position < bytes.length) {
      int size = (bytes[position] & 0xFF) << 8 | bytes[position + 1] & 0xFF;
      check(size > 0 && position + 2 + size <= bytes.length, "size in STAP-A");
      byte[] nal = new byte[size];
      System.arraycopy(bytes, position + 2, nal, 0, size);
      nri = Math.max(nri, nal[0] & 0x60);
      nalUnits.add(nal);
      position += 2 + size;
    }
    check((bytes[0] & 0x60) == nri, "NRI of a STAP-A is the greatest of its units");
  }

  private void fragment(byte[] bytes) {
    boolean start = (bytes[1] & 0x80) != 0;
    boolean end = (bytes[1] & 0x40) != 0;
    check(!(start && end), "a unit in one fragment must be sent whole");
    check((bytes[1] & 0x20) == 0, "reserved bit");
    check(bytes.length > 2, "empty fragment");
    check(start == (fragments == null), "start bit");
    ByteArrayOutputStream unit = fragments;
    if (unit == null) {
      unit = new ByteArrayOutputStream();
      unit.write(bytes[0] & 0xE0 | bytes[1] & 0x1F);
      fragments = unit;
    }
    unit.write(bytes, 2, bytes.length - 2);
    if (end) {
      nalUnits.add(unit.toByteArray());
      fragments = null;
    }
  }

  private static void check(boolean right, String what) {
    if (!right) {
      throw new AssertionError(what);
    }
  }
}
