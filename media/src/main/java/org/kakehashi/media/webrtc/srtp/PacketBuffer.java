package org.kakehashi.media.webrtc.srtp;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jitsi.utils.ByteArrayBuffer;

/**
 * A view of the packet that lies in a heap buffer, so that jitsi-srtp can protect or open it where
 * it lies. One serves packet after packet; on one media loop only.
 */
public final class PacketBuffer implements ByteArrayBuffer {
  /** What protection adds at most: a tag, and for RTCP an index. */
  public static final int MAX_TRAILER = 32;

  private byte[] bytes = {};
  private int offset;
  private int length;

  /**
   * Looks at {@code packet}'s readable bytes from now on.
   *
   * @param packet has an array; to be protected, with {@link #MAX_TRAILER} bytes to spare
   */
  public void view(ByteBuf packet) {
    bytes = packet.array();
    offset = packet.arrayOffset() + packet.readerIndex();
    length = packet.readableBytes();
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
      bytes = Arrays.copyOf(bytes, needed); // Only where the caller left no room.
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
