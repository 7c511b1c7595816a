package org.kakehashi.media.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.kakehashi.media.webrtc.client.ClientMedia;

/** Where the loops have no room to spare, a session's own people come in and attendees wait. */
class AdmissionTest {
  private PortFixture fixture = new PortFixture(config -> config.withLoops(1));

  @AfterEach
  void close() {
    fixture.close();
  }

  private void use(UnaryOperator<WebRtcConfig> change) {
    fixture.close();
    fixture = new PortFixture(change);
  }

  /**
   * A loop as it looks when its thread has not rested for seconds; it stays so, its clock ahead.
   */
  private static void fill(MediaLoop loop) {
    loop.eventLoop()
        .submit(
            () -> {
              long ahead = System.nanoTime() + TimeUnit.HOURS.toNanos(1);
              long second = TimeUnit.SECONDS.toNanos(1);
              loop.load().observe(ahead, 0, 0, 0);
              for (int i = 1; i <= 3; i++) {
                loop.load().observe(ahead + i * second, i * second, i * 100_000, 0);
              }
            })
        .syncUninterruptibly();
  }

  @Test
  void attendeesWaitAndTheSessionsOwnPeopleDoNot() {
    Peer first = fixture.publisher(fixture.client(ClientMedia.speaks(1)));
    fill(first.home());
    PeerPlan attendee = PeerPlan.sending(fixture.clock, 1, 0, "listener");
    String offer = fixture.client(ClientMedia.hears()).offer();
    assertThatExceptionOfType(OfferRejected.class)
        .isThrownBy(() -> fixture.port.accept(offer, attendee, fixture))
        .satisfies(
            refused -> assertThat(refused.reason()).isEqualTo(OfferRejected.Reason.AT_CAPACITY));
    assertThat(fixture.port.peers()).isEqualTo(1);
    Peer interpreter = fixture.port.accept(offer, attendee.asEssential(), fixture);
    Peer speaker = fixture.publisher(fixture.client(ClientMedia.speaks(2)));
    assertThat(fixture.port.peers()).isEqualTo(3);
    assertThat(interpreter.home()).isSameAs(speaker.home());
    assertThat(fixture.port.stats().load().share()).isEqualTo(1);
  }

  @Test
  void aLoopThatIsFullWithFewLeavesTheRestToTheOthers() {
    use(config -> config.withLoops(2));
    Peer first = fixture.publisher(fixture.client(ClientMedia.speaks(1)));
    Peer second = fixture.publisher(fixture.client(ClientMedia.speaks(2)));
    Peer third = fixture.publisher(fixture.client(ClientMedia.speaks(3)));
    assertThat(second.home()).isNotSameAs(first.home());
    assertThat(third.home()).isSameAs(first.home());
    fill(second.home());
    Peer attendee = fixture.listener(fixture.client(ClientMedia.hears()));
    assertThat(attendee.home()).isSameAs(first.home());
    assertThat(fixture.port.load().full()).isFalse();
    assertThat(fixture.publisher(fixture.client(ClientMedia.speaks(4))).home())
        .isSameAs(first.home());
  }

  @Test
  void theLastPlacesAreKeptForTheSessionsOwnPeople() {
    use(config -> config.withLimits(new WebRtcConfig.Limits(20, 1, 1, 65_536, 12_000_000)));
    for (int i = 0; i < 19; i++) {
      assertThat(fixture.listener(fixture.client(ClientMedia.hears()))).isNotNull();
    }
    String offer = fixture.client(ClientMedia.hears()).offer();
    PeerPlan attendee = PeerPlan.sending(fixture.clock, 1, 0, "listener");
    assertThatExceptionOfType(OfferRejected.class)
        .isThrownBy(() -> fixture.port.accept(offer, attendee, fixture));
    assertThat(fixture.port.accept(offer, attendee.asEssential(), fixture)).isNotNull();
    assertThatExceptionOfType(OfferRejected.class)
        .isThrownBy(() -> fixture.port.accept(offer, attendee.asEssential(), fixture));
  }
}
