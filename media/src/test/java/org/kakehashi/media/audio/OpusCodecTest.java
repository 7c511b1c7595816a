package org.kakehashi.media.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpusCodecTest {
  private static final int FRAME = 960;

  @Test
  void theLibraryIsTheOneThatWasMeasured() {
    assertThat(LibOpus.get().versionText()).startsWith("libopus 1.5");
  }

  @ParameterizedTest
  @EnumSource(OpusSettings.Application.class)
  void aToneSurvives(OpusSettings.Application application) {
    OpusSettings settings = new OpusSettings(1, application, 64_000, 5, true, 5);
    float[] heard = roundTrip(settings, Tone.mono(1000, 0.5), 50);
    assertThat(Tone.amplitude(heard, 24_000, 20_000, 1000)).isBetween(0.4, 0.6);
    assertThat(Tone.amplitude(heard, 24_000, 20_000, 3000)).isLessThan(0.01);
  }

  @Test
  void theBandIsFull() {
    float[] heard = roundTrip(OpusSettings.music(), Tone.stereo(15_000, 0.5), 50);
    assertThat(Tone.amplitude(heard, 24_000, 20_000, 15_000)).isGreaterThan(0.3);
  }

  @ParameterizedTest
  @ValueSource(ints = {120, 240, 480, 960, 1920, 2880})
  void everyFrameLengthIsDecoded(int samples) {
    try (var encoder = new OpusEncoder(OpusSettings.speech());
        var decoder = new OpusDecoder(1)) {
      byte[] packet = packet(encoder, Tone.mono(400, 0.3).next(samples), samples);
      assertThat(decoder.duration(packet, packet.length)).isEqualTo(samples);
      assertThat(decoder.decode(packet, packet.length, new float[OpusDecoder.MAX_SAMPLES]))
          .isEqualTo(samples);
    }
  }

  @Test
  void stereoComesOutOfAMonoDecoderAsMono() {
    try (var encoder = new OpusEncoder(OpusSettings.music());
        var decoder = new OpusDecoder(1)) {
      float[] pcm = new float[OpusDecoder.MAX_SAMPLES];
      Tone tone = Tone.stereo(500, 0.4);
      float[] heard = new float[50 * FRAME];
      for (int i = 0; i < 50; i++) {
        byte[] packet = packet(encoder, tone.next(FRAME), FRAME);
        assertThat(decoder.decode(packet, packet.length, pcm)).isEqualTo(FRAME);
        System.arraycopy(pcm, 0, heard, i * FRAME, FRAME);
      }
      assertThat(Tone.amplitude(heard, 24_000, 20_000, 500)).isBetween(0.35, 0.45);
    }
  }

  @Test
  void aLostFrameIsRecoveredFromTheNext() {
    Random noise = new Random(1);
    try (var encoder = new OpusEncoder(OpusSettings.speech());
        var whole = new OpusDecoder(1);
        var fec = new OpusDecoder(1);
        var plc = new OpusDecoder(1)) {
      byte[][] packets = new byte[100][];
      for (int i = 0; i < packets.length; i++) {
        packets[i] = packet(encoder, Tone.voice(noise, 0.4, i * FRAME, FRAME), FRAME);
      }
      float[] reference = new float[OpusDecoder.MAX_SAMPLES];
      float[] recovered = new float[OpusDecoder.MAX_SAMPLES];
      float[] concealed = new float[OpusDecoder.MAX_SAMPLES];
      double withFec = 0;
      double without = 0;
      for (int i = 0; i < packets.length - 1; i++) {
        whole.decode(packets[i], packets[i].length, reference);
        if (i > 20 && i % 5 == 0) {
          byte[] next = packets[i + 1];
          assertThat(fec.recover(next, next.length, FRAME, recovered)).isEqualTo(FRAME);
          assertThat(plc.conceal(FRAME, concealed)).isEqualTo(FRAME);
          withFec += Tone.error(reference, recovered, FRAME);
          without += Tone.error(reference, concealed, FRAME);
        } else {
          fec.decode(packets[i], packets[i].length, recovered);
          plc.decode(packets[i], packets[i].length, concealed);
        }
      }
      assertThat(withFec).isLessThan(without / 2);
    }
  }

  @Test
  void concealmentOfALongLossFallsSilent() {
    try (var encoder = new OpusEncoder(OpusSettings.speech());
        var decoder = new OpusDecoder(1)) {
      float[] pcm = new float[OpusDecoder.MAX_SAMPLES];
      Tone tone = Tone.mono(300, 0.5);
      for (int i = 0; i < 20; i++) {
        byte[] packet = packet(encoder, tone.next(FRAME), FRAME);
        decoder.decode(packet, packet.length, pcm);
      }
      decoder.conceal(FRAME, pcm);
      double first = Tone.rms(pcm, 0, FRAME);
      for (int i = 0; i < 50; i++) {
        decoder.conceal(FRAME, pcm);
      }
      assertThat(first).isGreaterThan(0.1);
      assertThat(Tone.rms(pcm, 0, FRAME)).isLessThan(first / 10);
    }
  }

  @Test
  void garbageIsNoSound() {
    Random random = new Random(7);
    float[] pcm = new float[2 * OpusDecoder.MAX_SAMPLES];
    try (var decoder = new OpusDecoder(2)) {
      for (int i = 0; i < 20_000; i++) {
        byte[] payload = new byte[random.nextInt(1, 300)];
        random.nextBytes(payload);
        int samples = decoder.decode(payload, payload.length, pcm);
        assertThat(samples).isBetween(0, OpusDecoder.MAX_SAMPLES);
        assertThat(decoder.recover(payload, payload.length, FRAME, pcm)).isIn(0, FRAME);
      }
      assertThat(decoder.decode(new byte[0], 0, pcm)).isZero();
      assertThat(decoder.decode(new byte[3000], 3000, pcm)).isZero();
    }
  }

  @Test
  void closingTwiceIsHarmlessAndUsingAfterwardsIsRefused() {
    var encoder = new OpusEncoder(OpusSettings.speech());
    encoder.close();
    encoder.close();
    assertThatThrownBy(() -> encoder.encode(new float[FRAME], FRAME, Unpooled.buffer()))
        .isInstanceOf(IllegalStateException.class);
    var decoder = new OpusDecoder(1);
    decoder.close();
    decoder.close();
    assertThatThrownBy(() -> decoder.conceal(FRAME, new float[FRAME]))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aWrongFrameLengthIsRefused() {
    try (var encoder = new OpusEncoder(OpusSettings.speech())) {
      assertThatThrownBy(() -> encoder.encode(new float[961], 961, Unpooled.buffer()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("invalid argument");
    }
  }

  @Test
  void otherMachinesAreToldWhatIsMissing() {
    assertThatThrownBy(() -> LibOpus.platform("Linux", "riscv64"))
        .isInstanceOf(OpusUnavailableException.class)
        .hasMessageContaining("riscv64")
        .hasMessageContaining("x86-64 and aarch64");
    assertThatThrownBy(() -> LibOpus.load("linux-nowhere"))
        .isInstanceOf(OpusUnavailableException.class)
        .hasMessageContaining("libjitsi");
    assertThat(LibOpus.platform("Linux", "aarch64")).isEqualTo("linux-aarch64");
  }

  private static float[] roundTrip(OpusSettings settings, Tone tone, int frames) {
    try (var encoder = new OpusEncoder(settings);
        var decoder = new OpusDecoder(1)) {
      float[] pcm = new float[OpusDecoder.MAX_SAMPLES];
      float[] heard = new float[frames * FRAME];
      for (int i = 0; i < frames; i++) {
        byte[] packet = packet(encoder, tone.next(FRAME), FRAME);
        decoder.decode(packet, packet.length, pcm);
        System.arraycopy(pcm, 0, heard, i * FRAME, FRAME);
      }
      return heard;
    }
  }

  private static byte[] packet(OpusEncoder encoder, float[] sound, int samples) {
    ByteBuf out = Unpooled.buffer(OpusEncoder.MAX_PACKET);
    byte[] packet = new byte[encoder.encode(sound, samples, out)];
    out.readBytes(packet);
    return packet;
  }
}
