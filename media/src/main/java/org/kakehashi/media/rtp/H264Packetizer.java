package org.kakehashi.media.rtp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts the NAL units of an H.264 access unit into RTP payloads, RFC 6184 packetization mode 1:
 * small neighbours (SPS, PPS, a short slice) share a STAP-A, a unit that fits travels alone, a
 * larger one in FU-A fragments.
 *
 * <pre>
 *   single   | NAL header | NAL payload |
 *   STAP-A   | F NRI 24 | size 16 | NAL | size 16 | NAL | …        section 5.7.1
 *   FU-A     | F NRI 28 | S E R type | fragment of NAL payload |   section 5.8
 * </pre>
 *
 * <p>Thread: any one at a time; keeps nothing between calls.
 */
public final class H264Packetizer {
  /** The payload size used throughout: 1,200 bytes of RTP, safe in any tunnel, less its header. */
  public static final int MAX_PAYLOAD = 1_188;

  private static final int STAP_A = 24;
  private static final int FU_A = 28;
  private static final int FU_START = 0x80;
  private static final int FU_END = 0x40;
  private static final int FORBIDDEN_AND_NRI = 0xE0;
  private static final int TYPE = 0x1F;
  private static final int SIZE_FIELD = 2;
  private static final int FU_HEADERS = 2;
  private static final int SMALLEST_MAX_PAYLOAD = 16;

  private final ByteBufAllocator allocator;
  private final int maxPayload;

  /**
   * @param allocator where payloads come from
   * @param maxPayload the most bytes a payload may have, 16 to 65,535
   */
  public H264Packetizer(ByteBufAllocator allocator, int maxPayload) {
    if (maxPayload < SMALLEST_MAX_PAYLOAD || maxPayload > 0xFFFF) {
      throw new IllegalArgumentException("maxPayload " + maxPayload + " is not 16 to 65535");
    }
    this.allocator = allocator;
    this.maxPayload = maxPayload;
  }

  /**
   * Packetizes one access unit. The RTP marker bit belongs on the last payload (section 5.1).
   *
   * @param nalUnits in decoding order, each with its header byte and without start code or length;
   *     read, neither consumed nor released; empty ones are skipped
   * @return the payloads in sending order, each owned by the caller
   */
  public List<ByteBuf> packetize(List<ByteBuf> nalUnits) {
    List<ByteBuf> payloads = new ArrayList<>();
    List<ByteBuf> together = new ArrayList<>();
    int size = 1;
    for (ByteBuf nal : nalUnits) {
      int length = nal.readableBytes();
      if (length == 0) {
        continue;
      }
      if (size + SIZE_FIELD + length > maxPayload) {
        send(together, payloads);
        together.clear();
        size = 1;
      }
      if (length > maxPayload) {
        fragment(nal, payloads);
      } else {
        together.add(nal);
        size += SIZE_FIELD + length;
      }
    }
    send(together, payloads);
    return payloads;
  }

  private void send(List<ByteBuf> together, List<ByteBuf> payloads) {
    if (together.size() == 1) {
      payloads.add(copy(together.getFirst()));
    } else if (together.size() > 1) {
      payloads.add(aggregate(together));
    }
  }

  private ByteBuf copy(ByteBuf nal) {
    int length = nal.readableBytes();
    return allocator.buffer(length).writeBytes(nal, nal.readerIndex(), length);
  }

  private ByteBuf aggregate(List<ByteBuf> nalUnits) {
    int forbidden = 0;
    int nri = 0;
    int total = 1;
    for (ByteBuf nal : nalUnits) {
      int header = nal.getUnsignedByte(nal.readerIndex());
      forbidden |= header & 0x80;
      nri = Math.max(nri, header & 0x60);
      total += SIZE_FIELD + nal.readableBytes();
    }
    ByteBuf payload = allocator.buffer(total).writeByte(forbidden | nri | STAP_A);
    for (ByteBuf nal : nalUnits) {
      int length = nal.readableBytes();
      payload.writeShort(length).writeBytes(nal, nal.readerIndex(), length);
    }
    return payload;
  }

  private void fragment(ByteBuf nal, List<ByteBuf> payloads) {
    int header = nal.getUnsignedByte(nal.readerIndex());
    int from = nal.readerIndex() + 1; // The NAL header is not sent; the FU's two bytes rebuild it.
    int end = nal.writerIndex();
    int room = maxPayload - FU_HEADERS;
    int position = from;
    while (position < end) {
      int length = Math.min(room, end - position);
      int edges = (position == from ? FU_START : 0) | (position + length == end ? FU_END : 0);
      payloads.add(
          allocator
              .buffer(FU_HEADERS + length)
              .writeByte(header & FORBIDDEN_AND_NRI | FU_A)
              .writeByte(edges | header & TYPE)
              .writeBytes(nal, position, length));
      position += length;
    }
  }
}
