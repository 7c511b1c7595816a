package org.kakehashi.media.recording;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.kakehashi.media.codec.AvcConfiguration;
import org.kakehashi.media.codec.NalUnits;

/** Reads back what a decoder has to know from an initialisation. Stateless. */
final class InitReader {
  /** Bytes of a sample description's fields before its entries, and of a visual sample entry's. */
  private static final int STSD_FIELDS = 8;

  private static final int VISUAL_FIELDS = 78;

  private InitReader() {}

  /** The picture format of an initialisation; empty if it has none. */
  static Optional<PictureFormat> picture(ByteBuf init) {
    ByteBuf description = Boxes.find(init, "moov", "trak", "mdia", "minf", "stbl", "stsd");
    if (description.readableBytes() < STSD_FIELDS) {
      return Optional.empty();
    }
    ByteBuf entry = Boxes.find(description.skipBytes(STSD_FIELDS), "avc1");
    if (entry.readableBytes() < VISUAL_FIELDS) {
      return Optional.empty();
    }
    ByteBuf configuration = Boxes.find(entry.skipBytes(VISUAL_FIELDS), "avcC");
    List<byte[]> sps = new ArrayList<>();
    List<byte[]> pps = new ArrayList<>();
    for (ByteBuf unit :
        AvcConfiguration.parse(ByteBufUtil.getBytes(configuration)).parameterSets()) {
      (NalUnits.type(unit) == NalUnits.SPS ? sps : pps).add(ByteBufUtil.getBytes(unit));
    }
    return PictureFormat.of(sps, pps);
  }
}
