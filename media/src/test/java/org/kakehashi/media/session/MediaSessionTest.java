package org.kakehashi.media.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.kakehashi.media.channel.Codec;
import org.kakehashi.media.channel.Feed;
import org.kakehashi.media.channel.Listener;
import org.kakehashi.media.channel.MediaClock;
import org.kakehashi.media.channel.MediaPacket;
import org.kakehashi.media.channel.SessionState;
import org.kakehashi.media.channel.SessionState.Booth;
import org.kakehashi.media.channel.SessionState.OnAir;
import org.kakehashi.media.channel.SessionState.OpenMicrophone;
import org.kakehashi.media.channel.Source;
import org.kakehashi.media.channel.Switchboard;

class MediaSessionTest {
  private final MediaClock clock = new MediaClock(() -> 0, Instant.EPOCH);
  private final Map<String, Source> sources = new HashMap<>();
  private final Source silence = source("silence");
  private final Mix mix = new Mix();
  private final MediaSession session = new MediaSession(clock, List.of("fr", "ja"), mix, silence);

  @Test
  void oneMicrophoneIsForwardedAndNotMixed() {
    speak(Optional.empty(), "martin:fr");

    assertThat(heardOn(session.channel("floor"))).containsExactly("martin");
    assertThat(heardOn(session.channel("fr"))).containsExactly("martin");
    assertThat(heardOn(session.hearing("floor", "martin"))).containsExactly("silence");
    assertThat(heardOn(session.hearing("fr", "visitor"))).containsExactly("martin");
  }

  @Test
  void twoSpeakersAreBothHeardEachWithoutTheirOwnVoice() {
    speak(Optional.empty(), "martin:fr", "aiko:ja");

    assertThat(heardOn(session.channel("floor"))).containsExactly("mix(martin,aiko)");
    assertThat(heardOn(session.hearing("floor", "martin"))).containsExactly("aiko");
    assertThat(heardOn(session.hearing("floor", "aiko"))).containsExactly("martin");
  }

  @Test
  void threeSpeakersGetAMixOfTheOthers() {
    speak(Optional.empty(), "martin:fr", "aiko:ja", "ken:ja");

    assertThat(heardOn(session.hearing("floor", "ken"))).containsExactly("mix-without(ken)");
  }

  @Test
  void aSpeakerWhoListensToFrenchHearsAJapaneseQuestionInFrench() {
    Booth booth =
        new Booth(
            "fr-ja",
            List.of("fr", "ja"),
            "fr",
            Optional.of(new OnAir("interpreter", false, 0)),
            SessionState.AUTO);
    source("interpreter");
    speak(Optional.of(booth), "aiko:ja", "martin:fr");

    assertThat(heardOn(session.hearing("fr", "martin"))).containsExactly("interpreter");
    assertThat(session.isWithoutSelf("fr", "martin")).isFalse();
    assertThat(heardOn(session.hearing("ja", "aiko")))
        .as("ja carries the floor, of which Aiko is a part")
        .containsExactly("martin");
  }

  @Test
  void nobodyOnTheFloorIsSilence() {
    speak(Optional.empty());

    assertThat(heardOn(session.channel("fr"))).containsExactly("silence");
  }

  @Test
  void anInterpreterWhoseSourceIsGoneLeavesSilence() {
    Booth booth =
        new Booth(
            "b", List.of("fr"), "ja", Optional.of(new OnAir("gone", false, 0)), SessionState.AUTO);
    speak(Optional.of(booth), "martin:fr");

    assertThat(heardOn(session.channel("ja"))).containsExactly("silence");
  }

  @Test
  void closingLetsGoOfEverySource() {
    speak(Optional.empty(), "martin:fr", "aiko:ja");
    Feed own = session.hearing("floor", "martin");
    session.close();

    assertThat(heardOn(session.channel("floor"))).isEmpty();
    assertThat(heardOn(own)).isEmpty();
    assertThat(mix.closed).isTrue();
  }

  /**
   * Opens exactly these microphones, named {@code person:language}; the first one has the floor.
   */
  private void speak(Optional<Booth> booth, String... microphones) {
    List<FloorMicrophone> floor = new ArrayList<>();
    List<OpenMicrophone> open = new ArrayList<>();
    for (String microphone : microphones) {
      String person = microphone.substring(0, microphone.indexOf(':'));
      String language = microphone.substring(microphone.indexOf(':') + 1);
      floor.add(new FloorMicrophone(source(person), person));
      open.add(new OpenMicrophone(person, person, language));
    }
    SessionState state =
        new SessionState(
            List.of("fr", "ja"),
            open,
            open.isEmpty() ? null : open.getFirst().language(),
            booth.stream().toList(),
            Map.of(),
            SessionState.Uninterpreted.FLOOR);
    session.apply(Switchboard.route(state), floor, sources::get);
  }

  private Source source(String id) {
    return sources.computeIfAbsent(id, name -> new Source(name, Codec.OPUS, clock));
  }

  /** Lets every source send one packet and tells whose arrived on {@code feed}. */
  private List<String> heardOn(Feed feed) {
    List<String> heard = new ArrayList<>();
    Listener ear =
        new Listener() {
          @Override
          public EventExecutor loop() {
            return ImmediateEventExecutor.INSTANCE;
          }

          @Override
          public void accept(Source from, MediaPacket packet) {
            heard.add(from.id());
          }
        };
    feed.subscribe(ear);
    Stream.concat(sources.values().stream(), mix.outputs.values().stream())
        .toList()
        .forEach(
            source ->
                source.publish(
                    new MediaPacket(Unpooled.buffer(1), 0, nextTime++, false, true, -20)));
    feed.unsubscribe(ear);
    return heard;
  }

  private long nextTime = 1_000_000;

  private final class Mix implements FloorMix {
    private final Map<String, Source> outputs = new HashMap<>();
    private List<FloorMicrophone> mixed = List.of();
    private boolean closed;

    @Override
    public void mix(List<FloorMicrophone> microphones) {
      mixed = microphones;
    }

    @Override
    public Source everyone() {
      return output(
          "mix(" + String.join(",", mixed.stream().map(FloorMicrophone::person).toList()) + ")");
    }

    @Override
    public Source without(String person) {
      return output("mix-without(" + person + ")");
    }

    @Override
    public void close() {
      closed = true;
    }

    private Source output(String name) {
      return outputs.computeIfAbsent(name, id -> new Source(id, Codec.OPUS, clock));
    }
  }
}
