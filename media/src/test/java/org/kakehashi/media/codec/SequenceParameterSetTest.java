package org.kakehashi.media.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SequenceParameterSetTest {
  @ParameterizedTest
  @CsvSource({"1280, 720", "320, 180", "160, 90", "640, 360", "1920, 1080", "722, 406", "16, 16"})
  void readsTheSizeThatAnEncoderWrites(int width, int height) {
    List<byte[]> units = encode(width, height);
    byte[] sps = units.stream().filter(u -> (u[0] & 31) == 7).findFirst().orElseThrow();
    SequenceParameterSet set = SequenceParameterSet.read(Unpooled.wrappedBuffer(sps)).orElseThrow();
    assertThat(set.width()).isEqualTo(width);
    assertThat(set.height()).isEqualTo(height);
    assertThat(set.codecs()).startsWith("avc1.42");

    byte[] pps = units.stream().filter(u -> (u[0] & 31) == 8).findFirst().orElseThrow();
    AvcConfiguration back =
        AvcConfiguration.parse(AvcConfiguration.record(List.of(sps), List.of(pps)));
    assertThat(back.lengthSize()).isEqualTo(4);
    assertThat(back.parameterSets().stream().map(ByteBufUtil::getBytes)).containsExactly(sps, pps);
  }

  @Test
  void readsHighProfileWithCroppingAndEmulationPrevention() {
    // x264, High, level 4.0, 1920 by 1080 (1088 cropped), with VUI.
    byte[] sps =
        ByteBufUtil.decodeHexDump("67640028acd940780227e5c05a808080a0000003002000000781e30632c0");
    SequenceParameterSet set = SequenceParameterSet.read(Unpooled.wrappedBuffer(sps)).orElseThrow();
    assertThat(set.width()).isEqualTo(1_920);
    assertThat(set.height()).isEqualTo(1_080);
    assertThat(set.codecs()).isEqualTo("avc1.640028");
  }

  @Test
  void garbageHasNoSizeOrAPlausibleOne() {
    Random random = new Random(14_496);
    byte[] real = encode(320, 180).getFirst();
    for (int i = 0; i < 50_000; i++) {
      byte[] bytes = i % 2 == 0 ? new byte[random.nextInt(60)] : real.clone();
      if (i % 2 == 0) {
        random.nextBytes(bytes);
      } else {
        bytes[1 + random.nextInt(bytes.length - 1)] ^= (byte) (1 << random.nextInt(8));
      }
      if (bytes.length > 0) {
        bytes[0] = 0x67;
      }
      SequenceParameterSetFuzzTest.read(bytes);
    }
  }

  private static List<byte[]> encode(int width, int height) {
    List<byte[]> units = new ArrayList<>();
    AVFrame frame = av_frame_alloc();
    frame.width(width).height(height).format(AV_PIX_FMT_YUV420P);
    av_frame_get_buffer(frame, 0);
    frame.pts(0);
    try (Encoder encoder = Encoder.h264(width, height, 25, 500_000, 50)) {
      encoder.encode(
          frame,
          packet -> {
            for (ByteBuf unit : NalUnits.ofAnnexB(Ffmpeg.view(packet))) {
              units.add(ByteBufUtil.getBytes(unit));
            }
          });
    }
    av_frame_free(frame);
    return units;
  }
}
