package org.kakehashi.media.rtp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Puts VP8 frames together, RFC 7741 section 4. Thread: one at a time. */
public final class Vp8Depacketizer implements Depacketizer {
  private static final int START_AND_PARTITION = 0x17;
  private static final int START = 0x10;

  private final ByteBuf frame = Unpooled.buffer(1 << 15, MAX_FRAME);
  private boolean spoilt;

  @Override
  public void add(ByteBuf payload) {
    int descriptor = Vp8Payload.descriptorLength(payload);
    int length = payload.readableBytes() - descriptor;
    if (spoilt || descriptor < 0 || length <= 0 || frame.writerIndex() + length > MAX_FRAME) {
      spoilt = true;
      return;
    }
    boolean start = (payload.getByte(payload.readerIndex()) & START_AND_PARTITION) == START;
    if (start == frame.isReadable()) {
      spoilt = true; // It begins twice, or not at all.
      return;
    }
    frame.writeBytes(payload, payload.readerIndex() + descriptor, length);
  }

  @Override
  public boolean isWhole() {
    return !spoilt && frame.isReadable();
  }

  @Override
  public ByteBuf frame() {
    return frame;
  }

  @Override
  public void clear() {
    frame.clear();
    spoilt = false;
  }
}
