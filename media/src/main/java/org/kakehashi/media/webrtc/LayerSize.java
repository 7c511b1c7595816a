package org.kakehashi.media.webrtc;

import io.netty.buffer.ByteBuf;
import org.kakehashi.media.channel.Codec;
import org.kakehashi.media.codec.SequenceParameterSet;
import org.kakehashi.media.rtp.Vp8Payload;

/**
 * Reads how large a picture is from the first packet of its key frame: which of several layers is
 * the largest is nowhere said. Stateless; any thread.
 */
final class LayerSize {
  private static final int STAP_A = 24;
  private static final int SPS = 7;
  private static final int VP8_START_CODE = 0x9D012A;
  private static final int VP8_HEADER = 10;

  private LayerSize() {}

  /**
   * @param payload its readable bytes; indices stay
   * @return pixels; 0 if the packet does not say
   */
  static int of(Codec codec, ByteBuf payload) {
    return switch (codec) {
      case H264 -> h264(payload);
      case VP8 -> vp8(payload);
      case OPUS -> 0;
    };
  }

  /** The sequence parameter set stands alone, or in a STAP-A (RFC 6184 §5.7.1). */
  private static int h264(ByteBuf payload) {
    int at = payload.readerIndex();
    int end = payload.writerIndex();
    if (at == end) {
      return 0;
    }
    int type = payload.getByte(at) & 0x1F;
    if (type == SPS) {
      return sps(payload, at, end - at);
    }
    if (type != STAP_A) {
      return 0;
    }
    at++;
    while (end - at > 2) {
      int length = payload.getUnsignedShort(at);
      if (length == 0 || length > end - at - 2) {
        return 0;
      }
      if ((payload.getByte(at + 2) & 0x1F) == SPS) {
        return sps(payload, at + 2, length);
      }
      at += 2 + length;
    }
    return 0;
  }

  private static int sps(ByteBuf payload, int at, int length) {
    return SequenceParameterSet.read(payload.slice(at, length))
        .map(set -> set.width() * set.height())
        .orElse(0);
  }

  /**
   * The frame header of a key frame (RFC 6386 §9.1): tag, start code, width and height of 14 bits.
   */
  private static int vp8(ByteBuf payload) {
    int descriptor = Vp8Payload.descriptorLength(payload);
    if (descriptor < 0 || payload.readableBytes() < descriptor + VP8_HEADER) {
      return 0;
    }
    int at = payload.readerIndex() + descriptor;
    if (payload.getUnsignedMedium(at + 3) != VP8_START_CODE) {
      return 0;
    }
    int width = payload.getUnsignedShortLE(at + 6) & 0x3FFF;
    int height = payload.getUnsignedShortLE(at + 8) & 0x3FFF;
    return width * height;
  }
}
