package org.kakehashi.media.audio;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.kakehashi.media.channel.Source;

/** What mixing costs over thousands of ticks. */
class FloorMixerLoadTest {
  private final Studio studio = new Studio();

  @AfterEach
  void close() throws Exception {
    studio.close();
  }

  @Test
  void speakersWhoComeAndGoLeaveNothingBehind() {
    var mixer = studio.mixer();
    var ears = studio.listenTo(mixer.everyone());
    Map<Source, String> open = new LinkedHashMap<>();
    for (int i = 0; i < 4; i++) {
      open.put(studio.voice("s-" + i, Tone.mono(400 + 300 * i, 0.2)).source, "p-" + i);
    }
    for (int round = 0; round < 200; round++) {
      mixer.mix(open);
      var withoutOne = studio.listenTo(mixer.without("p-" + round % 4));
      studio.run(200);
      Map<Source, String> fewer = new LinkedHashMap<>(open);
      fewer.values().remove("p-" + round % 4);
      mixer.mix(fewer);
      studio.run(100);
      assertThat(mixer.microphones()).isEqualTo(3);
      assertThat(withoutOne.packets()).isEqualTo(10);
      assertThat(mixer.stats().waiting()).isLessThan(12);
      ears.clear();
    }
    mixer.mix(Map.of());
    assertThat(open.keySet()).noneMatch(Source::isAttached);
    assertThat(studio.ticks()).isZero();
  }

  @Test
  void decodingAndEncodingAllocateNothing() {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    float[] sound = Tone.mono(400, 0.3).next(960);
    float[] out = new float[OpusDecoder.MAX_SAMPLES];
    byte[] packet = new byte[OpusEncoder.MAX_PACKET];
    ByteBuf buffer = Unpooled.buffer(OpusEncoder.MAX_PACKET);
    try (var encoder = new OpusEncoder(OpusSettings.speech().withComplexity(1));
        var decoder = new OpusDecoder(1)) {
      long perFrame = Long.MAX_VALUE;
      // The compiler needs some thousand rounds before what it can spare is spared.
      for (int attempt = 0; attempt < 40 && perFrame > 8; attempt++) {
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 1_000; i++) {
          int length = encoder.encode(sound, 960, buffer.clear());
          buffer.readBytes(packet, 0, length);
          decoder.decode(packet, length, out);
          decoder.conceal(960, out);
        }
        perFrame = (threads.getCurrentThreadAllocatedBytes() - before) / 1_000;
      }
      assertThat(perFrame).as("bytes a frame").isLessThanOrEqualTo(8);
    }
  }

  @Test
  void aTickTakesAFractionOfItsTwentyMilliseconds() {
    var mixer = studio.mixer();
    mixer.mix(
        Map.of(
            studio.voice("a", Tone.mono(400, 0.2)).source, "a",
            studio.voice("b", Tone.mono(1_000, 0.2)).source, "b"));
    long[] packets = new long[1];
    mixer.everyone().attach((from, packet) -> packets[0]++);
    studio.run(2_000);
    long before = studio.ticking;
    studio.run(20_000);
    double share = (studio.ticking - before) / 1e9 / 20;
    assertThat(packets[0]).isEqualTo(1_100);
    // Processor time, about 0.01; a machine under load is given a wide berth.
    assertThat(share).as("of one core").isLessThan(0.25);
    assertThat(PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory()).isLessThan(1 << 28);
  }
}
