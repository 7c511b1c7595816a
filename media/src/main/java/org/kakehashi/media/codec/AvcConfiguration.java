package org.kakehashi.media.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/**
 * How a file's H.264 is framed, and the parameter sets it keeps out of band: ISO/IEC 14496-15's
 * AVCDecoderConfigurationRecord, or start codes throughout. Thread: any; immutable.
 *
 * @param lengthSize bytes of the length before each NAL unit; 0: start codes
 * @param parameterSets SPS and PPS
 */
public record AvcConfiguration(int lengthSize, List<ByteBuf> parameterSets) {
  private static final int SPS_COUNT_AT = 5;
  private static final int HIGH = 100;
  private static final int HIGH_10 = 110;
  private static final int HIGH_422 = 122;

  /** Reads a container's codec data. What is malformed is left out. */
  public static AvcConfiguration parse(byte[] extradata) {
    ByteBuf data = Unpooled.wrappedBuffer(extradata);
    if (data.readableBytes() <= SPS_COUNT_AT || data.getByte(0) != 1) {
      return new AvcConfiguration(0, parameterSets(NalUnits.ofAnnexB(data)));
    }
    int lengthSize = (data.getByte(4) & 3) + 1;
    data.readerIndex(SPS_COUNT_AT);
    List<ByteBuf> units = new ArrayList<>();
    readUnits(data, data.readByte() & 0x1F, units);
    if (data.isReadable()) {
      readUnits(data, data.readUnsignedByte(), units);
    }
    return new AvcConfiguration(lengthSize, parameterSets(units));
  }

  /** The NAL units of one packet of this file, as slices of it. */
  public List<ByteBuf> nalUnits(ByteBuf packet) {
    return lengthSize == 0 ? NalUnits.ofAnnexB(packet) : NalUnits.ofLengths(packet, lengthSize);
  }

  /**
   * The record for a container whose packets have a length of four bytes before each NAL unit.
   *
   * @param sps at least one, the first of which tells the profile
   * @param pps at least one
   */
  public static byte[] record(List<byte[]> sps, List<byte[]> pps) {
    ByteBuf data = Unpooled.buffer();
    byte[] first = sps.getFirst();
    data.writeByte(1).writeBytes(first, 1, 3).writeByte(0xFF).writeByte(0xE0 | sps.size());
    sps.forEach(unit -> data.writeShort(unit.length).writeBytes(unit));
    data.writeByte(pps.size());
    pps.forEach(unit -> data.writeShort(unit.length).writeBytes(unit));
    int profile = first[1] & 0xFF;
    if (profile == HIGH || profile == HIGH_10 || profile == HIGH_422) {
      data.writeByte(0xFD).writeByte(0xF8).writeByte(0xF8).writeByte(0); // 4:2:0, eight bits.
    }
    return ByteBufUtil.getBytes(data);
  }

  private static void readUnits(ByteBuf data, int count, List<ByteBuf> units) {
    for (int i = 0; i < count && data.readableBytes() >= 2; i++) {
      int length = data.readUnsignedShort();
      if (length == 0 || length > data.readableBytes()) {
        return;
      }
      units.add(data.readSlice(length));
    }
  }

  private static List<ByteBuf> parameterSets(List<ByteBuf> units) {
    return units.stream()
        .filter(nal -> NalUnits.type(nal) == NalUnits.SPS || NalUnits.type(nal) == NalUnits.PPS)
        .map(nal -> Unpooled.wrappedBuffer(ByteBufUtil.getBytes(nal)))
        .toList();
  }
}
