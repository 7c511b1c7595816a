package org.kakehashi.media.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kakehashi.media.channel.Codec;
import org.kakehashi.media.channel.MediaClock;
import org.kakehashi.media.channel.MediaPacket;
import org.kakehashi.media.channel.Source;

class LayerChoiceTest {
  private final AtomicLong nanos = new AtomicLong();
  private final MediaClock clock = new MediaClock(nanos::get, Instant.EPOCH);
  private final List<String> asked = new ArrayList<>();
  private final List<Source> layers = camera("l", "m", "h");
  private final LayerChoice choice = new LayerChoice();

  private List<Source> camera(String... names) {
    List<Source> sources = new ArrayList<>();
    for (String name : names) {
      Source layer = new Source(name, Codec.H264, clock, () -> asked.add(name));
      layer.resized(100 * (sources.size() + 1));
      sources.add(layer);
    }
    if (sources.size() > 1) {
      Source.areLayers(sources);
    }
    return sources;
  }

  /** Sends one packet of each layer; the names of those that were admitted. */
  private String frame(List<Source> camera, boolean key) {
    StringBuilder admitted = new StringBuilder();
    for (Source layer : camera) {
      MediaPacket packet =
          new MediaPacket(
              Unpooled.EMPTY_BUFFER, layer.packets(), 0, true, key, MediaPacket.NO_LEVEL);
      layer.publish(packet);
      admitted.append(choice.admits(layer, packet, nanos.get()) ? layer.id() : "");
    }
    return admitted.toString();
  }

  /** Every layer is sent; nobody watches yet. */
  private static List<Source> flowing(List<Source> camera) {
    for (Source layer : camera) {
      layer.publish(
          new MediaPacket(Unpooled.EMPTY_BUFFER, 0, 0, true, false, MediaPacket.NO_LEVEL));
    }
    return camera;
  }

  @BeforeEach
  void allAreSent() {
    flowing(layers);
  }

  @Test
  void beginsWithTheLargestAtItsKeyFrame() {
    assertThat(frame(layers, false)).isEmpty();
    assertThat(frame(layers, true)).isEqualTo("h");
    assertThat(frame(layers, false)).isEqualTo("h");
  }

  @Test
  void changesAtTheKeyFrameOfTheLayerAimedAt() {
    frame(layers, true);
    choice.look();
    choice.target(0);
    asked.clear();
    assertThat(frame(layers, false)).isEqualTo("h");
    assertThat(asked).containsExactly("l");
    assertThat(frame(layers, true)).isEqualTo("l");
    assertThat(frame(layers, false)).isEqualTo("l");
    choice.target(1);
    assertThat(frame(layers, true)).isEqualTo("lm");
    assertThat(frame(layers, false)).isEqualTo("m");
  }

  @Test
  void asksAgainWhileNoKeyFrameComes() {
    frame(layers, true);
    choice.target(0);
    asked.clear();
    frame(layers, false);
    frame(layers, false);
    assertThat(asked).hasSize(1);
    nanos.addAndGet(1_000_000_000L);
    frame(layers, false);
    assertThat(asked).hasSize(2);
  }

  @Test
  void noneStopsAtOnceAndComesBackAtAKeyFrame() {
    frame(layers, true);
    choice.target(LayerChoice.NONE);
    assertThat(frame(layers, true)).isEmpty();
    choice.target(0);
    assertThat(frame(layers, false)).isEmpty();
    assertThat(frame(layers, true)).isEqualTo("l");
  }

  @Test
  void aLineThatCannotWaitGetsNothingUntilTheSmallerLayersKeyFrame() {
    frame(layers, true);
    choice.stop();
    assertThat(frame(layers, false)).isEqualTo("h");
    choice.target(0);
    choice.stop();
    assertThat(frame(layers, false)).isEmpty();
    assertThat(frame(layers, true)).isEqualTo("l");
  }

  @Test
  void aCutGoesToTheSamePlaceOfTheNextCamera() {
    frame(layers, true);
    choice.target(1);
    frame(layers, true);
    List<Source> other = camera("x", "y", "z");
    flowing(other);
    assertThat(frame(other, true)).isEqualTo("y");
    assertThat(frame(flowing(camera("single")), true)).isEqualTo("single");
  }

  @Test
  void aLayerThatIsNotSentAnyMoreIsNotWaitedFor() {
    frame(layers, true);
    nanos.addAndGet(4_000_000_000L);
    List<Source> left = flowing(layers.subList(0, 2));
    choice.look();
    assertThat(frame(left, true)).isEqualTo("m");
  }
}
