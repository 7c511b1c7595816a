package org.kakehashi.media.rtp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Puts H.264 access units together, RFC 6184 packetization mode 1: single NAL units (section 5.6),
 * STAP-A (5.7.1) and FU-A (5.8). A frame has a length of four bytes before each NAL unit, as in
 * MP4. Thread: one at a time.
 */
public final class H264Depacketizer implements Depacketizer {
  private static final int STAP_A = 24;
  private static final int FU_A = 28;
  private static final int LENGTH = 4;
  private static final int NONE = -1;

  private final ByteBuf frame = Unpooled.buffer(1 << 16, MAX_FRAME);
  private int fragmentsAt = NONE;
  private boolean spoilt;

  @Override
  public void add(ByteBuf payload) {
    int at = payload.readerIndex();
    int length = payload.readableBytes();
    if (spoilt || length == 0 || frame.writerIndex() + length * 2L + LENGTH > MAX_FRAME) {
      spoilt = true;
      return;
    }
    int type = payload.getByte(at) & 0x1F;
    boolean fragment = type == FU_A;
    if (fragmentsAt != NONE && !fragment) {
      spoilt = true; // The rest of a fragmented unit was never sent.
    } else if (fragment) {
      fragment(payload, at, length);
    } else if (type == STAP_A) {
      aggregate(payload, at + 1, at + length);
    } else if (type >= 1 && type < STAP_A) {
      unit(payload, at, length);
    } else {
      spoilt = true; // Interleaved mode and reserved types are not negotiated.
    }
  }

  private void unit(ByteBuf payload, int at, int length) {
    frame.writeInt(length).writeBytes(payload, at, length);
  }

  private void aggregate(ByteBuf payload, int from, int end) {
    int at = from;
    while (end - at > 2) {
      int length = payload.getUnsignedShort(at);
      if (length == 0 || length > end - at - 2) {
        break;
      }
      unit(payload, at + 2, length);
      at += 2 + length;
    }
    spoilt |= at != end || at == from;
  }

  private void fragment(ByteBuf payload, int at, int length) {
    if (length < 3) {
      spoilt = true;
      return;
    }
    int header = payload.getUnsignedByte(at + 1);
    boolean start = (header & 0x80) != 0;
    if (start == (fragmentsAt != NONE)) {
      spoilt = true;
      return;
    }
    if (start) {
      fragmentsAt = frame.writerIndex();
      frame.writeInt(0).writeByte(payload.getByte(at) & 0xE0 | header & 0x1F);
    }
    frame.writeBytes(payload, at + 2, length - 2);
    if ((header & 0x40) != 0) {
      frame.setInt(fragmentsAt, frame.writerIndex() - fragmentsAt - LENGTH);
      fragmentsAt = NONE;
    }
  }

  @Override
  public boolean isWhole() {
    return !spoilt && fragmentsAt == NONE && frame.isReadable();
  }

  @Override
  public ByteBuf frame() {
    return frame;
  }

  @Override
  public void clear() {
    frame.clear();
    fragmentsAt = NONE;
    spoilt = false;
  }
}
