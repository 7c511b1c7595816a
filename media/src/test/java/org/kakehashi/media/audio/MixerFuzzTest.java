package org.kakehashi.media.audio;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.Unpooled;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever senders send, decoder and mixer go on, and stay within bounds. */
class MixerFuzzTest {
  @FuzzTest(maxDuration = "1m")
  void anything(FuzzedDataProvider data) throws Exception {
    try (var studio = new Studio()) {
      var mixer = studio.mixer();
      var a = studio.silent("a");
      var b = studio.silent("b");
      var ears = studio.listenTo(mixer.everyone());
      mixer.mix(Map.of(a.source, "a", b.source, "b"));
      int packets = 0;
      while (data.remainingBytes() > 0 && packets++ < 200) {
        var voice = data.consumeBoolean() ? a : b;
        long sequence = data.consumeBoolean() ? packets : data.consumeLong();
        long time = data.consumeBoolean() ? studio.clock.now() : data.consumeLong();
        voice.send(sequence, time, data.consumeBytes(data.consumeInt(0, 1_600)));
        studio.run(data.consumeInt(0, 40));
      }
      assertWithinBounds(mixer, ears);
    }
  }

  @FuzzTest(maxDuration = "1m")
  void anyPayload(byte[] payload) {
    float[] sound = new float[OpusDecoder.MAX_SAMPLES];
    try (var decoder = new OpusDecoder(1)) {
      assertThat(decoder.decode(payload, payload.length, sound))
          .isBetween(0, OpusDecoder.MAX_SAMPLES);
      assertThat(decoder.duration(payload, payload.length)).isBetween(0, OpusDecoder.MAX_SAMPLES);
      assertThat(decoder.recover(payload, payload.length, 960, sound)).isIn(0, 960);
      assertThat(decoder.conceal(960, sound)).isEqualTo(960);
    }
  }

  @Test
  void randomPacketsNeverThrow() throws Exception {
    Random random = new Random(42);
    try (var studio = new Studio();
        var encoder = new OpusEncoder(OpusSettings.speech())) {
      var mixer = studio.mixer();
      var a = studio.silent("a");
      var b = studio.silent("b");
      var ears = studio.listenTo(mixer.everyone());
      mixer.mix(Map.of(a.source, "a", b.source, "b"));
      Tone tone = Tone.mono(400, 0.5);
      long sequence = 0;
      for (int i = 0; i < 5_000; i++) {
        sequence = random.nextInt(50) == 0 ? random.nextLong() : sequence + random.nextInt(-2, 5);
        long time =
            switch (random.nextInt(20)) {
              case 0 -> random.nextLong();
              case 1 -> studio.clock.now() + random.nextInt(-200_000, 200_000);
              default -> studio.clock.now() + random.nextInt(-3_000, 3_000);
            };
        (random.nextBoolean() ? a : b).send(sequence, time, payload(random, encoder, tone));
        studio.run(random.nextInt(30));
      }
      assertThat(ears.packets()).isGreaterThan(1_000);
      assertWithinBounds(mixer, ears);
    }
  }

  private static byte[] payload(Random random, OpusEncoder encoder, Tone tone) {
    byte[] payload;
    if (random.nextInt(3) == 0) {
      payload = new byte[random.nextInt(1_600)];
      random.nextBytes(payload);
    } else {
      var out = Unpooled.buffer();
      payload = new byte[encoder.encode(tone.next(960), 960, out)];
      out.readBytes(payload);
      if (random.nextInt(5) == 0) {
        payload[random.nextInt(payload.length)] ^= (byte) (1 << random.nextInt(8));
      }
    }
    return payload;
  }

  private static void assertWithinBounds(FloorMixer mixer, Studio.Ears ears) {
    assertThat(mixer.stats().waiting()).isLessThanOrEqualTo(256);
    for (float sample : ears.sound()) {
      assertThat(Float.isFinite(sample)).isTrue();
    }
    for (int i = 1; i < ears.packets(); i++) {
      assertThat(ears.times.get(i) - ears.times.get(i - 1)).isEqualTo(Studio.FRAME);
    }
  }
}
