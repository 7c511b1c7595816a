package org.kakehashi.media.recording;

import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.kakehashi.media.codec.AvcConfiguration;
import org.kakehashi.media.codec.SequenceParameterSet;

/**
 * What a decoder has to know before the first sample. Equal if the parameter sets are.
 *
 * @param configuration AVCDecoderConfigurationRecord, ISO/IEC 14496-15; not to be changed
 * @param codecs RFC 6381 name
 * @param width pixels
 * @param height pixels
 */
record PictureFormat(byte[] configuration, String codecs, int width, int height) {

  /** The format these parameter sets make; empty if they make none. */
  static Optional<PictureFormat> of(List<byte[]> sps, List<byte[]> pps) {
    if (sps.isEmpty() || pps.isEmpty() || sps.size() > 31 || pps.size() > 255) {
      return Optional.empty();
    }
    return SequenceParameterSet.read(Unpooled.wrappedBuffer(sps.getFirst()))
        .map(
            set ->
                new PictureFormat(
                    AvcConfiguration.record(sps, pps), set.codecs(), set.width(), set.height()));
  }

  /** The same for those who read the recording. */
  VideoFormat described() {
    return new VideoFormat(codecs, width, height);
  }

  @Override
  public boolean equals(@org.jspecify.annotations.Nullable Object other) {
    return other instanceof PictureFormat format
        && Arrays.equals(configuration, format.configuration);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(configuration);
  }

  @Override
  public String toString() {
    return codecs + " " + width + "×" + height;
  }
}
