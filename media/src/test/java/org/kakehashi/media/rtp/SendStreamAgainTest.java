package org.kakehashi.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kakehashi.media.rtp.Streams.ms;
import static org.kakehashi.media.rtp.Streams.picture;
import static org.kakehashi.media.rtp.Streams.sound;
import static org.kakehashi.media.rtp.Streams.source;
import static org.kakehashi.media.rtp.Streams.ticks;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kakehashi.media.channel.Codec;
import org.kakehashi.media.channel.MediaPacket;
import org.kakehashi.media.channel.Source;
import org.kakehashi.media.rtp.RtcpPacket.ReportBlock;

/**
 * What is sent again is the same to the bit: two packets of one number that differ in their header
 * would give AES-GCM's authentication key away (RFC 7714 §8.1).
 */
class SendStreamAgainTest {
  private static final int SSRC = 7;

  /** As the peer's: the number offered is used up by a packet that leaves with it. */
  private int number = 65_500;

  private final Map<Integer, String> sent = new HashMap<>();
  private final Map<Long, MediaPacket> cache = new HashMap<>();
  private SendStream stream = stream(3);

  private SendStream stream(int transportSequence) {
    return new SendStream(
        new SendFormat(
            SSRC,
            Map.of(Codec.OPUS, 111, Codec.VP8, 96),
            new HeaderExtensions(1, transportSequence, 0, 4, 0),
            "0",
            "listener"),
        Streams.clock(),
        new Random(1),
        () -> number);
  }

  private void left(ByteBuf packet) {
    if (stream.isNumberedAnew()) {
      number = number + 1 & 0xFFFF;
    }
    sent.put(Streams.view(packet).sequence(), ByteBufUtil.hexDump(packet));
  }

  private void send(Source from, MediaPacket packet) {
    ByteBuf out = Unpooled.buffer();
    if (stream.write(from, packet, out)) {
      left(out);
      cache.put(key(from, packet.sequence()), packet);
    }
  }

  private static long key(Source from, long sequence) {
    return (long) System.identityHashCode(from) << 32 | sequence;
  }

  /** All that was sent and is still known, as a listener who misses it gets it. */
  private int askForAll() {
    int again = 0;
    int offered = number;
    for (Map.Entry<Integer, String> each : sent.entrySet()) {
      ByteBuf out = Unpooled.buffer();
      boolean written =
          stream.writePaddingAgain(each.getKey(), out)
              || stream
                  .origin(each.getKey())
                  .filter(
                      origin ->
                          stream.writeAgain(
                              origin,
                              cache.get(key(origin.source(), origin.sourceSequence())),
                              out))
                  .isPresent();
      if (written) {
        again++;
        assertThat(ByteBufUtil.hexDump(out)).isEqualTo(each.getValue());
      }
    }
    assertThat(number).isEqualTo(offered);
    return again;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void soundIsTheSameThoughSourcesChangeAndTheListenerReports(int transportSequence) {
    stream = stream(transportSequence);
    Source fr = source("fr", Codec.OPUS);
    Source ja = source("ja", Codec.OPUS);
    for (int i = 0; i < 10; i++) {
      send(fr, sound(100 + i, ticks(20L * i)));
    }
    stream.receiverReport(new ReportBlock(SSRC, 0, 0, 0, 0, 0, 0), ms(200));
    send(fr, sound(112, ticks(240)));
    send(ja, sound(7, ticks(255)));
    send(ja, sound(8, ticks(282)));
    send(fr, sound(113, ticks(290)));
    send(fr, sound(115, ticks(340)));
    send(fr, sound(114, ticks(320)));
    assertThat(askForAll()).isEqualTo(sent.size()).isEqualTo(16);
  }

  @Test
  void padding() {
    Source camera = source("camera", Codec.VP8);
    send(camera, picture(1, 0, true));
    for (int i = 0; i < 20; i++) {
      ByteBuf out = Unpooled.buffer();
      assertThat(stream.writePadding(200 + i, out)).isTrue();
      left(out);
    }
    for (int i = 0; i < 25; i++) {
      send(camera, picture(2 + i, ticks(40L * i), true));
    }
    assertThat(askForAll()).isEqualTo(sent.size()).isEqualTo(46);
    assertThat(stream.writePaddingAgain(0, Unpooled.buffer())).isFalse();
    assertThat(stream.writePaddingAgain(65_535, Unpooled.buffer())).isFalse();
  }

  @ParameterizedTest
  @EnumSource(
      value = Codec.class,
      names = {"OPUS", "VP8"})
  void anyMixOfLossAndDriftAndSwitches(Codec codec) {
    Random random = new Random(5);
    for (int run = 0; run < 100; run++) {
      stream = stream(3);
      sent.clear();
      cache.clear();
      Source[] sources = {source("a", codec), source("b", codec)};
      long[] next = {random.nextInt(1000), random.nextInt(1000)};
      int from = 0;
      for (int i = 0; i < 60; i++) {
        from = random.nextInt(12) == 0 ? 1 - from : from;
        next[from] += random.nextInt(10) == 0 ? 2 : 1;
        long at = ticks(20L * i + random.nextInt(9));
        send(
            sources[from],
            codec.isAudio()
                ? sound((int) next[from], at)
                : picture(next[from], at, random.nextBoolean()));
        if (i == 30) {
          stream.receiverReport(new ReportBlock(SSRC, 0, 0, 0, 0, 0, 0), ms(600));
        }
        if (random.nextInt(8) == 0) {
          ByteBuf out = Unpooled.buffer();
          if (stream.writePadding(9, out)) {
            left(out);
          }
        }
      }
      assertThat(askForAll()).isPositive();
    }
  }
}
