package org.kakehashi.media.audio;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.kakehashi.media.channel.Codec;
import org.kakehashi.media.channel.MediaPacket;
import org.kakehashi.media.channel.Source;

class AudioLevelsTest {
  private final Studio studio = new Studio();
  private final List<Integer> told = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    studio.close();
  }

  @Test
  void aSourceThatSaysNothingIsMeasuredOnceInFivePackets() {
    var voice = studio.voice("a", Tone.mono(400, 0.1));
    try (var levels = new AudioLevels(voice.source, (source, level, time) -> told.add(level))) {
      studio.run(1_000);
      assertThat(told).hasSizeBetween(10, 11);
      // A sine of amplitude 0.1: 20 log10(0.1) - 3 dB.
      assertThat(levels.level()).isBetween(-25, -21);
    }
    assertThat(voice.source.isAttached()).isFalse();
  }

  @Test
  void aSourceThatSaysItsLevelIsBelieved() {
    var source = new Source("a", Codec.OPUS, studio.clock);
    try (var levels = new AudioLevels(source, (from, level, time) -> told.add(level))) {
      for (int i = 0; i < 10; i++) {
        source.publish(
            new MediaPacket(Unpooled.wrappedBuffer(new byte[] {1, 2, 3}), i, i, false, true, -i));
      }
      assertThat(told).containsExactly(0, -1, -2, -3, -4, -5, -6, -7, -8, -9);
      assertThat(levels.level()).isEqualTo(-9);
    }
  }

  @Test
  void aPausingSenderIsSilent() {
    var voice = studio.voice("a", Tone.mono(400, 0.1));
    try (var levels = new AudioLevels(voice.source, (source, level, time) -> told.add(level))) {
      voice.arrival = time -> Long.MAX_VALUE;
      voice.send(0, 0, new byte[] {(byte) 0xF8});
      assertThat(levels.level()).isEqualTo(SoundLevel.SILENCE);
    }
  }

  @Test
  void garbageIsNoLevelAndClosingTwiceIsHarmless() {
    Random random = new Random(11);
    var voice = studio.voice("a", Tone.mono(400, 0.1));
    var levels = new AudioLevels(voice.source, (source, level, time) -> told.add(level));
    for (int i = 0; i < 5_000; i++) {
      byte[] payload = new byte[random.nextInt(2_000)];
      random.nextBytes(payload);
      voice.send(i, i * 960L, payload);
    }
    assertThat(told).allMatch(level -> level >= -127 && level <= 0);
    levels.close();
    levels.close();
    int before = told.size();
    levels.accept(
        voice.source,
        new MediaPacket(
            Unpooled.wrappedBuffer(new byte[100]), 1, 1, false, true, MediaPacket.NO_LEVEL));
    assertThat(told).hasSize(before);
  }
}
