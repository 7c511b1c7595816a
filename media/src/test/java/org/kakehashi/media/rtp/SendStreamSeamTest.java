package org.kakehashi.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kakehashi.media.rtp.Streams.sound;
import static org.kakehashi.media.rtp.Streams.source;
import static org.kakehashi.media.rtp.Streams.ticks;

import org.junit.jupiter.api.Test;
import org.kakehashi.media.channel.Codec;
import org.kakehashi.media.channel.Source;
import org.kakehashi.media.rtp.SentStream.Sent;

/** The same sound in other packets runs on; another sound takes its own place in time. */
class SendStreamSeamTest {
  private static final int STEPS = 10;

  private final Source fr = source("fr", Codec.OPUS);
  private final Source packed = fr.repacked("fr-packed");
  private final SentStream sent = new SentStream();
  private long time = ticks(1000);
  private Sent last = sent.send(fr, sound(1, time));

  /** Ten steps of 5 ms, by which a slow microphone is followed. */
  private void drift(Source from, int first) {
    for (int i = 0; i < STEPS; i++) {
      time += ticks(25);
      last = sent.send(from, sound(first + i, time));
    }
  }

  private int stepTo(Source from, long sequence) {
    time += ticks(20);
    Sent before = last;
    last = sent.send(from, sound(sequence, time));
    assertThat(last.sequence()).isEqualTo(before.sequence() + 1);
    return last.timestamp() - before.timestamp();
  }

  @Test
  void aDriftingClockLeavesNoHoleWherePackingBeginsOrEnds() {
    drift(fr, 2);
    assertThat(stepTo(packed, 0)).isEqualTo(960);
    assertThat(last.marker()).isFalse();
    drift(packed, 1);
    assertThat(stepTo(fr, 100)).isEqualTo(960);
    assertThat(last.marker()).isFalse();
  }

  @Test
  void anotherSoundIsPutWhereItBelongs() {
    drift(fr, 2);
    assertThat(stepTo(source("ja", Codec.OPUS), 7)).isEqualTo(960 + STEPS * (int) ticks(5));
    assertThat(last.marker()).isTrue();
  }

  @Test
  void soIsAnothersPackedSound() {
    drift(packed, 0);
    Source ja = source("ja", Codec.OPUS);
    assertThat(stepTo(ja.repacked("ja-packed"), 7)).isEqualTo(960 + STEPS * (int) ticks(5));
    assertThat(packed.isSameContent(ja)).isFalse();
    assertThat(packed.isSameContent(fr.repacked("again"))).isTrue();
  }
}
