package org.kakehashi.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.kakehashi.media.channel.Codec;
import org.kakehashi.media.channel.MediaPacket;
import org.kakehashi.media.channel.Source;
import org.kakehashi.media.webrtc.CloseReason;
import org.kakehashi.server.live.Casting.Part;
import org.kakehashi.server.live.Rig.Wire;
import org.kakehashi.server.people.Person;
import org.kakehashi.server.people.Role;

/** People who are played on the server are like anybody else, and make room for anybody else. */
class CastingTest {
  private static final Person PLAYED = Rig.interpreter("played", "fr-ja");
  private static final Person NEWCOMER = Rig.interpreter("newcomer", "fr-ja");

  @Test
  void aNewcomerTakesTheMicrophoneAndGivesItBack() {
    try (Rig rig = new Rig(Rig.meeting())) {
      Casting casting = rig.session.casting();
      Source voice = new Source("played-audio", Codec.OPUS, casting.clock());
      Source speech = new Source("speech", Codec.OPUS, casting.clock());
      casting.speaker(Rig.person("sp", Role.SPEAKER), new Part(speech, null, () -> {}), "fr");
      casting.interpreter(PLAYED, new Part(voice, null, () -> {}), "fr-ja");
      assertThat(casting.speakInto(PLAYED, "ja")).isTrue();
      say(speech);
      say(voice);
      assertThat(rig.rule("floor")).isEqualTo("floor Name of sp");
      assertThat(rig.rule("ja")).isEqualTo("interpreter Name of played");

      rig.interpret(NEWCOMER, "ja", false);
      Wire page = rig.open(NEWCOMER);
      assertThat(page.outcome("{'type':'take'}")).isEqualTo("done");
      assertThat(casting.speakInto(PLAYED, "fr")).isFalse();
      assertThat(rig.rule("ja")).isEqualTo("interpreter Name of newcomer");

      page.participant().left();
      rig.port.peers.getLast().close(CloseReason.REQUESTED);
      rig.turn();
      assertThat(casting.speakInto(PLAYED, "ja")).isTrue();
      say(voice);
      rig.pass(Duration.ofMillis(100));
      assertThat(rig.rule("ja")).isEqualTo("interpreter Name of played");
    }
  }

  private static void say(Source source) {
    source.publish(
        new MediaPacket(Unpooled.EMPTY_BUFFER, 1, source.clock().now(), false, true, Rig.SPEECH));
  }
}
