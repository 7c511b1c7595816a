package org.kakehashi.media.recording;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.kakehashi.media.codec.NalUnits;

/**
 * One picture of H.264, freed of what belongs elsewhere: parameter sets go into the initialisation,
 * delimiters and padding nowhere.
 *
 * @param key whether it is an IDR picture
 * @param format what its own parameter sets make; empty if it has none
 * @param data slices and what comes with them, a length of four bytes before each NAL unit
 */
record AccessUnit(boolean key, Optional<PictureFormat> format, byte[] data) {
  private static final int SEI = 6;
  private static final int LAST_PARTITION = 5;

  /**
   * Reads NAL units of one access unit.
   *
   * @return empty if there is no slice among them
   */
  static Optional<AccessUnit> of(List<ByteBuf> units) {
    List<byte[]> sps = new ArrayList<>();
    List<byte[]> pps = new ArrayList<>();
    ByteBuf data = Unpooled.buffer();
    boolean key = false;
    boolean slice = false;
    for (ByteBuf unit : units) {
      int type = NalUnits.type(unit);
      switch (type) {
        case NalUnits.SPS -> sps.add(ByteBufUtil.getBytes(unit));
        case NalUnits.PPS -> pps.add(ByteBufUtil.getBytes(unit));
        default -> {
          if (type >= NalUnits.SLICE && type <= SEI) {
            key |= type == NalUnits.IDR;
            slice |= type <= LAST_PARTITION;
            data.writeInt(unit.readableBytes())
                .writeBytes(unit, unit.readerIndex(), unit.readableBytes());
          }
        }
      }
    }
    return slice
        ? Optional.of(new AccessUnit(key, PictureFormat.of(sps, pps), ByteBufUtil.getBytes(data)))
        : Optional.empty();
  }
}
