package org.kakehashi.media.ingest;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.kakehashi.media.channel.MediaPacket;
import org.kakehashi.media.codec.NalUnits;
import org.kakehashi.media.rtp.H264Packetizer;

/**
 * Makes RTP payloads of H.264 access units: only slices and parameter sets travel, and parameter
 * sets go before every key frame, for those who join there. Thread: any; immutable.
 *
 * @param packetizer cuts to size
 * @param parameterSets SPS and PPS for key frames that lack them
 */
record PictureUnits(H264Packetizer packetizer, List<ByteBuf> parameterSets) {

  PictureUnits(ByteBufAllocator allocator, List<ByteBuf> parameterSets) {
    this(new H264Packetizer(allocator, H264Packetizer.MAX_PAYLOAD), parameterSets);
  }

  /**
   * One frame as it is published.
   *
   * @param nalUnits of one access unit, read and not kept
   * @return empty if it has no slice
   */
  Optional<TimedUnit> unit(List<ByteBuf> nalUnits, long ticks, long position) {
    List<ByteBuf> sent = new ArrayList<>();
    boolean key = false;
    boolean hasSps = false;
    boolean hasSlice = false;
    for (ByteBuf nal : nalUnits) {
      int type = NalUnits.type(nal);
      key |= type == NalUnits.IDR;
      hasSps |= type == NalUnits.SPS;
      hasSlice |= type == NalUnits.SLICE || type == NalUnits.IDR;
      if (type == NalUnits.SLICE
          || type == NalUnits.IDR
          || type == NalUnits.SPS
          || type == NalUnits.PPS) {
        sent.add(nal);
      }
    }
    if (!hasSlice) {
      return Optional.empty();
    }
    if (key && !hasSps) {
      sent.addAll(0, parameterSets);
    }
    return Optional.of(
        new TimedUnit(
            false, ticks, position, packetizer.packetize(sent), key, MediaPacket.NO_LEVEL));
  }
}
