package org.kakehashi.media.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kakehashi.media.channel.Channel;
import org.kakehashi.media.webrtc.Ear.Heard;

/** What comes in a packet of several frames: whatever the source sends, and loses. */
class PackedSoundTest {
  private final PortFixture fixture =
      new PortFixture(config -> config.withPacking(new Packing(Packing.When.ALWAYS, 3)));
  private final Mouth mouth = new Mouth("floor", fixture);
  private final Channel floor = new Channel("floor");

  @BeforeEach
  void open() {
    floor.feed(mouth.source);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private static void say(Mouth mouth, BooleanSupplier until) {
    PortFixture.await(
        () -> {
          mouth.say();
          return until.getAsBoolean();
        });
  }

  /** As {@link #say}, with every tenth packet lost on its way to us. */
  private static void sayWithGaps(Mouth mouth, BooleanSupplier until) {
    int[] said = {0};
    PortFixture.await(
        () -> {
          if (++said[0] % 10 == 0) {
            mouth.lose();
          }
          mouth.say();
          return until.getAsBoolean();
        });
  }

  private static Heard with(Ear ear, int frame) {
    PortFixture.await(() -> ear.with(frame) != null);
    return ear.with(frame);
  }

  @Test
  void whatIsLostBeforeItReachesUsIsNotTheListenersLoss() throws Exception {
    Ear ear = new Ear(fixture, floor);
    say(mouth, () -> ear.hears(3, 3));
    for (int i = 0; i < 4; i++) {
      int until = ear.heard().size() + 30;
      sayWithGaps(mouth, () -> ear.heard().size() > until);
      ear.report(0);
    }
    // Longer than it takes until the listener is looked after.
    int until = ear.heard().size() + 200;
    say(mouth, () -> ear.heard().size() > until);
    assertThat(ear.hears(100, 3)).isTrue();
    int packed = ear.heard().size();
    int lost = ear.last(packed).getLast().sequence() - ear.heard().getFirst().sequence();
    assertThat((lost & 0xFFFF) + 1 - packed).isGreaterThan(5); // It could tell of a loss.
  }

  @Test
  void packingStartsWithoutASeamHoweverFarTheMicrophonesClockHasDrifted() throws Exception {
    Ear ear = new Ear(fixture, floor);
    for (int i = 0; i < 12; i++) { // Before the listener is looked after for the first time.
      mouth.say();
      mouth.pause(240);
    }
    say(mouth, () -> ear.hears(4, 3));
    for (int i = 0; i < 12; i++) {
      mouth.pause(240);
      int until = ear.heard().size() + 2;
      say(mouth, () -> ear.heard().size() > until);
    }
    ear.report(5);
    say(mouth, () -> ear.hears(4, 1));
    ear.inOrder();
    assertThat(ear.heard().stream().skip(1)).noneMatch(Heard::marker); // One talkspurt.
  }

  @Test
  void noPacketIsLongerThanAgreedWhateverTheFramesLast() throws Exception {
    Ear ear = new Ear(fixture, floor);
    say(mouth, () -> ear.hears(3, 3));
    mouth.frames(0x18, 2_880); // SILK, 60 ms.
    say(mouth, () -> ear.hears(5, 1));
    mouth.frames(0x10, 1_920); // SILK, 40 ms.
    say(mouth, () -> ear.hears(5, 1) && ear.last(1).getFirst().samples() == 1_920);
    mouth.frames(0xF0, 480); // CELT, 10 ms: six of them are 60 ms, too.
    say(mouth, () -> ear.hears(5, 6));
    assertThat(ear.heard()).allMatch(each -> each.samples() <= 2_880);
    ear.inOrder();
  }

  @Test
  void soundThatResumesIsNotPackedBehindASilence() throws Exception {
    Ear ear = new Ear(fixture, floor);
    say(mouth, () -> ear.hears(3, 3));
    for (int i = 0; i < 3; i++) { // Once at every place in a packet.
      int before = mouth.say();
      mouth.pause(2_400); // 50 ms of silence.
      int after = mouth.say(i == 1);
      for (int k = 0; k < 11; k++) {
        mouth.say();
      }
      Heard old = with(ear, before);
      Heard resumed = with(ear, after);
      assertThat(resumed.frames().getFirst()).isEqualTo(after);
      assertThat(resumed.timestamp() - old.timestamp()).isEqualTo(old.samples() + 2_400);
      assertThat(resumed.sequence()).isEqualTo(old.sequence() + 1 & 0xFFFF);
      assertThat(resumed.marker()).isEqualTo(i == 1);
    }
  }

  @Test
  void anotherChannelIsHeardAtOnceAndThenPackedToo() throws Exception {
    Mouth booth = new Mouth("fr", fixture);
    Channel french = new Channel("fr");
    french.feed(booth.source);
    for (int i = 0; i < 1_000; i++) {
      booth.say(); // Its numbers are its own.
    }
    Ear ear = new Ear(fixture, floor);
    say(mouth, () -> ear.hears(3, 3));
    for (int i = 0; i < 12; i++) {
      mouth.pause(240);
      say(mouth, () -> true);
    }
    ear.listen(french);
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    int first = booth.say();
    Heard changed = with(ear, first);
    assertThat(changed.frames()).hasSize(1);
    assertThat(changed.marker()).isTrue();
    say(booth, () -> ear.hears(5, 3));
    Heard last = ear.last(1).getFirst();
    int frames = last.frames().getFirst() - first;
    assertThat(last.timestamp() - changed.timestamp()).isEqualTo(960 * frames);
    assertThat(ear.last(5).getFirst().frames().getFirst()).isGreaterThan(1_000);
  }
}
