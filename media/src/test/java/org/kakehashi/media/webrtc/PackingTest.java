package org.kakehashi.media.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kakehashi.media.webrtc.PortFixture.connect;
import static org.kakehashi.media.webrtc.PortFixture.opus;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kakehashi.media.channel.Channel;
import org.kakehashi.media.webrtc.client.ClientMedia;
import org.kakehashi.media.webrtc.client.WebRtcClient;

/**
 * Listeners get three frames in a packet, each frame once, and plain packets again when their line
 * loses some.
 */
class PackingTest {
  private static final int SSRC = 77;

  private final PortFixture fixture =
      new PortFixture(config -> config.withPacking(new Packing(Packing.When.ALWAYS, 3)));
  private final Channel floor = new Channel("floor");
  private final WebRtcClient speaker = fixture.client(ClientMedia.speaks(SSRC));
  private int next = 1;

  @BeforeEach
  void open() throws Exception {
    Peer publisher = fixture.publisher(speaker);
    floor.feed(publisher.incoming().getFirst().source());
    connect(speaker, publisher);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private void speak() {
    speaker.sendRtp(opus(next++, SSRC));
  }

  @Test
  void everyFrameIsHeardOnceWhicheverWayItComes() throws Exception {
    Ear ear = new Ear(fixture, floor);
    PortFixture.await(
        () -> {
          speak();
          return ear.whole().size() > 5;
        });
    PortFixture.await(
        () -> fixture.port.stats().load().packedListeners() == 1); // Counted each turn.
    ear.report(10);
    PortFixture.await(
        () -> {
          speak();
          return ear.hears(6, 1);
        });
    ear.inOrder();
  }

  /** Else half of a crowd hears packed and plain sound in turns, 40 ms apart. */
  @Test
  void aLineThatLostPacketsIsNotTrustedAtOnce() throws Exception {
    Ear ear = new Ear(fixture, floor);
    PortFixture.await(
        () -> {
          speak();
          return ear.hears(6, 3);
        });
    ear.report(3);
    PortFixture.await(
        () -> {
          speak();
          return ear.hears(6, 1);
        });
    for (int until = ear.heard().size() + 600; ear.heard().size() < until; ) {
      listenOn(ear, 100);
      assertThat(ear.hears(100, 1)).isTrue();
      ear.report(3); // None but those three.
    }
    listenOn(ear, 300); // More than a turn of the loop.
    assertThat(ear.hears(300, 1)).isTrue();
    fixture.pass(22);
    PortFixture.await(
        () -> {
          speak();
          if (next % 50 == 0) {
            ear.report(3);
          }
          return ear.hears(6, 3);
        });
    ear.inOrder();
  }

  private void listenOn(Ear ear, int packets) {
    int until = ear.heard().size() + packets;
    PortFixture.await(
        () -> {
          speak();
          return ear.heard().size() >= until;
        });
  }

  @Test
  void aCrowdsPacketsAreSpreadOverTheFramesTimes() throws Exception {
    List<Ear> crowd = new ArrayList<>();
    for (int i = 0; i < 6; i++) { // On two loops, three on each.
      crowd.add(new Ear(fixture, floor));
    }
    PortFixture.await(
        () -> {
          speak();
          return crowd.stream().allMatch(ear -> ear.whole().size() > 3);
        });
    Map<Integer, Integer> times = new TreeMap<>();
    crowd.forEach(ear -> times.merge(ear.whole().getLast() % 3, 1, Integer::sum));
    assertThat(times.values()).containsExactly(2, 2, 2);
    crowd.forEach(Ear::inOrder);
  }
}
