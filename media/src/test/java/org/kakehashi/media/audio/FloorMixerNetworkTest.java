package org.kakehashi.media.audio;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The mixer on networks and clocks as they are. */
class FloorMixerNetworkTest {
  private static final int SECOND = 48_000;

  private final Studio studio = new Studio();
  private final FloorMixer mixer = studio.mixer();
  private final Studio.Voice a = studio.voice("a", Tone.mono(400, 0.2));
  private final Studio.Voice b = studio.voice("b", Tone.mono(1_000, 0.2));
  private final Studio.Ears ears = studio.listenTo(mixer.everyone());

  @AfterEach
  void close() throws Exception {
    studio.close();
  }

  private void mix() {
    mixer.mix(Map.of(a.source, "a", b.source, "b"));
  }

  @Test
  void lossIsConcealed() {
    Random random = new Random(3);
    a.lost = sequence -> sequence > 50 && random.nextInt(100) < 10;
    mix();
    studio.run(10_000);
    assertThat(mixer.stats().recovered() + mixer.stats().concealed()).isGreaterThan(20);
    float[] sound = ears.sound();
    int quiet = 0;
    for (int i = SECOND; i + 480 <= sound.length; i += 480) {
      if (Tone.amplitude(sound, i, 480, 400) < 0.05) {
        quiet++;
      }
    }
    assertThat(quiet).as("10 ms stretches without the tone, of 900").isLessThan(10);
    assertThat(ears.amplitude(1_000, SECOND)).isBetween(0.16, 0.24);
  }

  @ParameterizedTest
  @ValueSource(ints = {-100, 100})
  void driftingClocksStayTogether(int ppm) {
    // a's 48,000 samples take 1 s and 100 µs more or less; its media time does not know.
    a.arrival = time -> time + Math.floorDiv(time * ppm, 1_000_000L);
    b.arrival = time -> time - Math.floorDiv(time * ppm, 1_000_000L);
    mix();
    int most = 0;
    double weakest = 1;
    for (int minute = 0; minute < 10; minute++) {
      mixer.everyone().detach(ears); // Ten minutes of encoding would take long and prove no more.
      for (int second = 0; second < 55; second++) {
        studio.run(1_000);
        most = Math.max(most, mixer.stats().waiting());
      }
      ears.clear();
      mixer.everyone().attach(ears);
      studio.run(5_000);
      weakest = Math.min(weakest, Math.min(ears.weakest(400), ears.weakest(1_000)));
    }
    assertThat(most).as("packets waiting").isLessThanOrEqualTo(8);
    assertThat(weakest).isGreaterThan(0.15);
    assertThat(mixer.stats().jumps()).isZero();
    assertThat(mixer.stats().concealed()).isLessThan(20);
  }

  @Test
  void jitterIsWaitedFor() {
    // 0 to 60 ms late, as a busy wireless network delivers; always the same for the same packet.
    a.arrival = time -> time + new Random(time).nextInt(2_880);
    mix();
    studio.run(4_000);
    long before = mixer.stats().concealed();
    studio.run(10_000);
    assertThat(mixer.stats().concealed() - before).isLessThan(15);
    assertThat(ears.amplitude(400, SECOND)).isGreaterThan(0.12);
    assertThat(ears.amplitude(1_000, SECOND)).isBetween(0.16, 0.24);
  }

  @Test
  void aStepInDelayIsFollowedAndForgotten() {
    a.arrival = time -> time > 3 * SECOND && time < 6 * SECOND ? time + 7_200 : time;
    mix();
    studio.run(5_000);
    assertThat(ears.amplitude(400, SECOND)).isGreaterThan(0.15);
    studio.run(20_000);
    assertThat(ears.amplitude(400, SECOND)).isGreaterThan(0.15);
    assertThat(mixer.stats().waiting()).isLessThan(5);
  }

  @Test
  void onesPoorNetworkDoesNotDelayTheOthers() {
    a.arrival = time -> time + 7_200; // 150 ms late, always
    mix();
    studio.run(3_000);
    assertThat(ears.delay).isEqualTo(2 * Studio.FRAME + 312);
    assertThat(ears.amplitude(400, SECOND)).isBetween(0.16, 0.24);
    assertThat(ears.amplitude(1_000, SECOND)).isBetween(0.16, 0.24);
  }

  @ParameterizedTest
  @ValueSource(ints = {-480, 480})
  void mediaTimeThatStepsIsNoGap(int step) {
    // As where the place of a sender on the session's clock is corrected, 10 ms each second.
    Studio.Voice stepping = studio.silent("stepping");
    mixer.mix(Map.of(b.source, "b", stepping.source, "s"));
    Tone tone = Tone.mono(400, 0.2);
    try (var encoder = new OpusEncoder(OpusSettings.speech())) {
      for (int i = 0; i < 500; i++) {
        var out = Unpooled.buffer();
        byte[] packet = new byte[encoder.encode(tone.next(960), 960, out)];
        out.readBytes(packet);
        stepping.send(i, i * 960L + (i / 50 % 2 == 0 ? 0 : step), packet);
        studio.run(20);
      }
    }
    assertThat(ears.weakest(400)).isGreaterThan(0.15);
    assertThat(mixer.stats().concealed() + mixer.stats().recovered()).isLessThan(5);
  }

  @Test
  void aSourceOnAClockOfItsOwnIsHeard() {
    mix();
    Studio.Voice other = studio.voice("other", Tone.mono(2_300, 0.2));
    studio.run(100);
    mixer.mix(Map.of(a.source, "a", b.source, "b", other.source, "other"));
    other.arrival = time -> time + 40 * SECOND;
    studio.run(42_000);
    assertThat(ears.amplitude(2_300, SECOND)).isBetween(0.16, 0.24);
  }

  @Test
  void aPauseIsSilenceAndItsEndIsHeard() {
    mix();
    studio.run(1_000);
    for (int i = 0; i < 5; i++) {
      a.pause(true);
      studio.run(2_000);
      assertThat(ears.amplitude(400, SECOND)).isLessThan(0.002);
      assertThat(ears.amplitude(1_000, SECOND)).isBetween(0.16, 0.24);
      a.pause(false);
      studio.run(2_000);
      assertThat(ears.amplitude(400, SECOND)).isBetween(0.16, 0.24);
    }
  }

  @Test
  void packetsOutOfOrderArePutInOrder() {
    // Every second packet is overtaken by the one after it.
    a.arrival = time -> time;
    Studio.Voice swapped = studio.voice("swapped", Tone.mono(2_300, 0.2));
    swapped.arrival = time -> Long.MAX_VALUE;
    mixer.mix(Map.of(a.source, "a", swapped.source, "s"));
    Tone tone = Tone.mono(2_300, 0.2);
    try (var encoder = new OpusEncoder(OpusSettings.speech())) {
      byte[][] packets = new byte[200][];
      for (int i = 0; i < packets.length; i++) {
        var out = Unpooled.buffer();
        packets[i] = new byte[encoder.encode(tone.next(960), 960, out)];
        out.readBytes(packets[i]);
      }
      for (int i = 0; i < packets.length; i += 2) {
        studio.run(20);
        swapped.send(i + 1, (i + 1) * 960L, packets[i + 1]);
        swapped.send(i, i * 960L, packets[i]);
        studio.run(20);
      }
    }
    assertThat(ears.amplitude(2_300, SECOND)).isBetween(0.16, 0.24);
  }
}
