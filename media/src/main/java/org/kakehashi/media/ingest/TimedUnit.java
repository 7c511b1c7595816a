package org.kakehashi.media.ingest;

import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * What is published at one moment: an Opus packet, or all RTP payloads of a video frame.
 *
 * @param audio whether this is sound
 * @param ticks when, counted from the player's start; grows through repetitions
 * @param position the same moment counted from the file's start
 * @param payloads in sending order, at least one; owned by the unit
 * @param keyFrame whether a decoder can start here; always for sound
 * @param level of sound in dBov, else {@code MediaPacket.NO_LEVEL}
 */
record TimedUnit(
    boolean audio, long ticks, long position, List<ByteBuf> payloads, boolean keyFrame, int level) {

  int bytes() {
    return payloads.stream().mapToInt(ByteBuf::readableBytes).sum();
  }

  /** Gives up the payloads unpublished. */
  void discard() {
    payloads.forEach(ByteBuf::release);
  }
}
