package org.kakehashi.media.rtp;

import io.netty.buffer.ByteBuf;

/**
 * Takes a redundant-audio payload apart, RFC 2198 §3. Used again for each payload; nothing it says
 * holds after the next {@link #read}. Thread: the stream's media loop.
 *
 * <pre>
 *   |1|   block PT  |  timestamp offset (14)    | block length (10) |   each redundant block
 *   |0|   block PT  |                                                 the primary block
 *   | data of the redundant blocks, oldest first, then the primary    |
 * </pre>
 */
public final class RedPayload {
  /** The most redundant blocks taken; browsers send one or two. */
  public static final int MAX_REDUNDANT = 9;

  private final int[] payloadTypes = new int[MAX_REDUNDANT + 1];
  private final int[] offsets = new int[MAX_REDUNDANT + 1];
  private final int[] starts = new int[MAX_REDUNDANT + 1];
  private final int[] lengths = new int[MAX_REDUNDANT + 1];
  private int blocks;

  /**
   * Reads the readable bytes of {@code payload}, whose indices stay.
   *
   * @return whether the blocks add up to the payload
   */
  public boolean read(ByteBuf payload) {
    return read(payload, payload.readerIndex(), payload.writerIndex());
  }

  /** As {@link #read(ByteBuf)}, of the bytes from index {@code start} to before {@code end}. */
  public boolean read(ByteBuf payload, int start, int end) {
    blocks = 0;
    int at = start;
    int count = 0;
    int dataLength = 0;
    while (true) {
      if (at >= end || count > MAX_REDUNDANT) {
        return false;
      }
      int head = payload.getUnsignedByte(at);
      payloadTypes[count] = head & 0x7F;
      if ((head & 0x80) == 0) {
        at++;
        break;
      }
      if (end - at < 4) {
        return false;
      }
      int rest = payload.getUnsignedMedium(at + 1);
      offsets[count] = rest >> 10;
      lengths[count] = rest & 0x3FF;
      dataLength += lengths[count];
      count++;
      at += 4;
    }
    if (dataLength > end - at) {
      return false;
    }
    offsets[count] = 0;
    lengths[count] = end - at - dataLength;
    for (int i = 0; i <= count; i++) {
      starts[i] = at;
      at += lengths[i];
    }
    blocks = count + 1;
    return true;
  }

  /** How many blocks there are, the primary included; it is the last. */
  public int blocks() {
    return blocks;
  }

  /** The payload type of block {@code index}. */
  public int payloadType(int index) {
    return payloadTypes[index];
  }

  /** By how much block {@code index} is older than the packet, in units of the RTP clock. */
  public int timestampOffset(int index) {
    return offsets[index];
  }

  /** Where block {@code index} starts, as an index of the buffer that was read. */
  public int start(int index) {
    return starts[index];
  }

  /** The length of block {@code index} in bytes; may be 0. */
  public int length(int index) {
    return lengths[index];
  }
}
