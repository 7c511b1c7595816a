package org.kakehashi.media.webrtc.srtp;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jitsi.utils.ByteArrayBuffer;

/**
 * A packet in a byte array that is used again and again: where a header is written, a payload
 * copied behind it, and both protected. One for each media loop, used on that loop only.
 */
public final class PacketBuffer implements ByteArrayBuffer {
  /** The longest packet that is received or sent, in bytes. */
  public static final int MAX_PACKET = 2_048;

  private byte[] bytes = new byte[MAX_PACKET + 64];
  private int offset;
  private int length;

  /** Empties it. */
  public void clear() {
    offset = 0;
    length = 0;
  }

  /** Copies {@code packet}'s readable bytes in, in place of what was there. At most MAX_PACKET. */
  public void set(ByteBuf packet) {
    clear();
    append(packet);
  }

  /** Copies {@code more}'s readable bytes to the end, without moving its indices. */
  public void append(ByteBuf more) {
    int count = more.readableBytes();
    grow(count);
    more.getBytes(more.readerIndex(), bytes, length, count);
    length += count;
  }

  /** Copies the packet to the end of {@code target}. */
  public void copyTo(ByteBuf target) {
    target.writeBytes(bytes, offset, length);
  }

  @Override
  public byte[] getBuffer() {
    return bytes;
  }

  @Override
  public int getOffset() {
    return offset;
  }

  @Override
  public int getLength() {
    return length;
  }

  @Override
  public void setLength(int value) {
    length = value;
  }

  @Override
  public void setOffset(int value) {
    offset = value;
  }

  @Override
  public boolean isInvalid() {
    return false;
  }

  @Override
  public void readRegionToBuff(int from, int count, byte[] target) {
    System.arraycopy(bytes, offset + from, target, 0, count);
  }

  @Override
  public void grow(int more) {
    int needed = offset + length + more;
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, needed);
    }
  }

  @Override
  public void append(byte[] more, int count) {
    grow(count);
    System.arraycopy(more, 0, bytes, offset + length, count);
    length += count;
  }

  @Override
  public void shrink(int less) {
    length = Math.max(0, length - less);
  }
}
