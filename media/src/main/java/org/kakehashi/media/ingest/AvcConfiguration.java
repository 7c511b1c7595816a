package org.kakehashi.media.ingest;

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
record AvcConfiguration(int lengthSize, List<ByteBuf> parameterSets) {
  private static final int SPS_COUNT_AT = 5;

  /** Reads a container's codec data. What is malformed is left out. */
  static AvcConfiguration parse(byte[] extradata) {
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
  List<ByteBuf> nalUnits(ByteBuf packet) {
    return lengthSize == 0 ? NalUnits.ofAnnexB(packet) : NalUnits.ofLengths(packet, lengthSize);
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
