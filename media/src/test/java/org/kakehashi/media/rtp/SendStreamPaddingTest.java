package org.kakehashi.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kakehashi.media.rtp.Streams.picture;
import static org.kakehashi.media.rtp.Streams.source;
import static org.kakehashi.media.rtp.Streams.ticks;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.kakehashi.media.channel.Codec;
import org.kakehashi.media.channel.MediaPacket;
import org.kakehashi.media.channel.Source;
import org.kakehashi.media.rtp.SentStream.Sent;

/** Padding by which a listener's bandwidth is found out, between packets that are somebody's. */
class SendStreamPaddingTest {
  private final Source camera = source("camera", Codec.VP8);
  private final SentStream sent = new SentStream();
  private final SendStream stream = sent.stream;

  @Test
  void paddingTakesANumberThatIsNobodysPacket() {
    Sent first = sent.send(camera, picture(10, 0, true));
    assertThat(sent.pad(255)).isTrue();
    assertThat(sent.pad(1)).isTrue();
    Sent second = sent.send(camera, picture(11, ticks(40), false));
    Sent third = sent.send(camera, picture(12, ticks(40), true));

    assertThat(second.sequence()).isEqualTo(first.sequence() + 3);
    assertThat(third.sequence()).isEqualTo(first.sequence() + 4);
    assertThat(stream.origin(first.sequence()).orElseThrow().sourceSequence()).isEqualTo(10);
    assertThat(stream.origin(first.sequence() + 1)).isEmpty();
    assertThat(stream.origin(first.sequence() + 2)).isEmpty();
    assertThat(stream.origin(second.sequence()).orElseThrow().sourceSequence()).isEqualTo(11);
  }

  @Test
  void aPictureIsNotCutInTwoByPadding() {
    sent.send(camera, picture(10, 0, false));
    assertThat(sent.pad(100)).isFalse();
    sent.send(camera, picture(11, 0, true));
    assertThat(sent.pad(100)).isTrue();
  }

  @Test
  void aPictureThatIsGivenUpHoldsUpNoPadding() {
    sent.send(camera, picture(10, 0, false));
    stream.interrupt();
    assertThat(sent.pad(100)).isTrue();
  }

  @Test
  void whatComesLateAfterPaddingKeepsItsPlace() {
    Sent first = sent.send(camera, picture(10, 0, false));
    sent.send(camera, picture(12, 0, true));
    assertThat(sent.pad(9)).isTrue();
    sent.send(camera, picture(13, ticks(40), true));
    Sent late = sent.send(camera, picture(11, 0, false));
    assertThat(late.sequence()).isEqualTo(first.sequence() + 1);
  }

  /** Whatever comes in between: no number twice, none left out but for what never came. */
  @Test
  void anyMixOfLayersAndPaddingIsOneStream() {
    Random random = new Random(7);
    for (int run = 0; run < 200; run++) {
      SendStream mixed = SentStream.stream(HeaderExtensions.NONE);
      Source[] layers = {source("l", Codec.VP8), source("m", Codec.VP8), source("h", Codec.VP8)};
      long[] next = {random.nextInt(1000), random.nextInt(1000), random.nextInt(1000)};
      long last = -1;
      long lastTimestamp = Long.MIN_VALUE;
      int layer = 0;
      for (int frame = 0; frame < 100; frame++) {
        if (random.nextInt(10) == 0) {
          layer = random.nextInt(3);
        }
        int packets = 1 + random.nextInt(4);
        for (int i = 0; i < packets; i++) {
          ByteBuf out = Unpooled.buffer();
          MediaPacket packet = picture(next[layer]++, ticks(40L * frame) + layer, i == packets - 1);
          assertThat(mixed.write(layers[layer], packet, out)).isTrue();
          RtpPacket view = Streams.view(out);
          long sequence =
              last < 0 ? view.sequence() : Unwrapper.nearestSequence(last, view.sequence());
          if (last >= 0) {
            assertThat(sequence).isEqualTo(last + 1);
          }
          last = sequence;
          long timestamp = view.timestamp() & 0xFFFF_FFFFL;
          if (lastTimestamp != Long.MIN_VALUE) {
            assertThat((int) (timestamp - lastTimestamp)).isGreaterThanOrEqualTo(i == 0 ? 1 : 0);
          }
          lastTimestamp = timestamp;
        }
        for (int i = random.nextInt(3); i > 0; i--) {
          assertThat(mixed.writePadding(50, Unpooled.buffer())).isTrue();
          last++;
        }
      }
    }
  }

  @Test
  void numbersAcrossTracksWhereThatIsNegotiated() {
    HeaderExtensions extensions = new HeaderExtensions(0, 3, 0, 0, 0);
    int[] number = {65535};
    SendStream numbered =
        new SendStream(
            new SendFormat(SentStream.SSRC, Map.of(Codec.VP8, 96), extensions, "", "listener"),
            Streams.clock(),
            new Random(1),
            () -> number[0]);
    ByteBuf out = Unpooled.buffer();
    numbered.write(camera, picture(1, 0, true), out);
    assertThat(extensions.transportSequence(Streams.view(out))).isEqualTo(65535);
    number[0] = 0;
    ByteBuf padding = Unpooled.buffer();
    numbered.writePadding(200, padding);
    assertThat(extensions.transportSequence(Streams.view(padding))).isZero();
  }
}
