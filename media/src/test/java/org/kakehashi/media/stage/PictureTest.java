package org.kakehashi.media.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.kakehashi.media.channel.Codec;
import org.kakehashi.media.channel.Listener;
import org.kakehashi.media.channel.MediaClock;
import org.kakehashi.media.channel.MediaPacket;
import org.kakehashi.media.channel.Source;

class PictureTest {
  private final MediaClock clock = new MediaClock(() -> 0, Instant.EPOCH);
  private final AtomicInteger asked = new AtomicInteger();
  private final Source one = new Source("one", Codec.H264, clock, asked::incrementAndGet);
  private final Source two = new Source("two", Codec.H264, clock, asked::incrementAndGet);
  private final Picture picture = new Picture("picture", 1);
  private final List<String> seen = new ArrayList<>();
  private final Listener viewer =
      new Listener() {
        @Override
        public EventExecutor loop() {
          return ImmediateEventExecutor.INSTANCE;
        }

        @Override
        public void accept(Source from, MediaPacket packet) {
          seen.add(from.id() + (packet.keyFrame() ? "!" : ""));
        }
      };

  @Test
  void startsAtAKeyFrameItAskedFor() {
    picture.subscribe(viewer);
    picture.show(one);
    assertThat(asked).hasValue(1);

    send(one, false);
    send(one, true);
    send(one, false);

    assertThat(seen).containsExactly("one!", "one");
  }

  @Test
  void cutsAtTheKeyFrameOfTheNextSource() {
    picture.subscribe(viewer);
    picture.show(one);
    send(one, true);
    picture.show(two);
    send(two, false);
    send(one, false);
    assertThat(picture.shown()).isSameAs(one);
    assertThat(picture.target()).isSameAs(two);
    send(two, true);
    send(one, false);
    send(two, false);

    assertThat(seen).containsExactly("one!", "one", "two!", "two");
    assertThat(picture.shown()).isSameAs(two);
  }

  @Test
  void aChoiceCanBeTakenBackBeforeTheCut() {
    picture.subscribe(viewer);
    picture.show(one);
    send(one, true);
    picture.show(two);
    picture.show(one);
    send(two, true);
    send(one, false);

    assertThat(seen).containsExactly("one!", "one");
  }

  @Test
  void showsNothingWhenTheStageIsEmpty() {
    picture.subscribe(viewer);
    picture.show(one);
    send(one, true);
    picture.show(null);
    send(one, true);

    assertThat(seen).containsExactly("one!");
    assertThat(picture.target()).isNull();
  }

  @Test
  void whoComesLaterGetsAKeyFrame() {
    picture.show(one);
    send(one, true);
    int before = asked.get();
    picture.subscribe(viewer);

    assertThat(asked.get()).isEqualTo(before + 1);
    assertThat(picture.viewers()).isEqualTo(1);
  }

  @Test
  void asksAgainWhereNoKeyFrameComes() {
    picture.show(one);
    send(one, false, 0);
    send(one, false, 23_000);
    assertThat(asked).as("it is given half a second").hasValue(1);
    send(one, false, 24_000);
    send(one, false, 25_000);
    assertThat(asked).hasValue(2);
    send(one, true, 30_000);
    send(one, false, 60_000);
    assertThat(asked).as("it is shown").hasValue(2);
  }

  private static List<Source> layers(MediaClock clock, String name, AtomicInteger asked) {
    List<Source> layers =
        List.of(
            new Source(name + "-small", Codec.H264, clock, asked::incrementAndGet),
            new Source(name + "-large", Codec.H264, clock, asked::incrementAndGet));
    Source.areLayers(layers);
    layers.get(0).resized(320 * 180);
    layers.get(1).resized(1280 * 720);
    return layers;
  }

  @Test
  void ofSeveralLayersTheLargestThatIsSentIsShown() {
    AtomicLong nanos = new AtomicLong();
    MediaClock moving = new MediaClock(nanos::get, Instant.EPOCH);
    List<Source> layers = layers(moving, "one", asked);
    picture.subscribe(viewer);
    picture.show(layers.get(1));
    send(layers.get(0), true);
    send(layers.get(1), false);
    send(layers.get(0), false);
    assertThat(seen).containsExactly("one-small!", "one-small");
    send(layers.get(1), true);
    send(layers.get(0), false);
    send(layers.get(1), false);
    assertThat(seen).containsExactly("one-small!", "one-small", "one-large!", "one-large");

    nanos.set(3_000_000_000L); // The large one is not sent any more.
    int before = asked.get();
    send(layers.get(0), false);
    assertThat(asked.get()).isEqualTo(before + 1);
    send(layers.get(0), true);
    assertThat(seen).endsWith("one-large", "one-small!");
  }

  @Test
  void whoChoosesGetsEveryLayer() {
    List<Source> layers = layers(clock, "one", asked);
    picture.layers().subscribe(viewer);
    picture.show(layers.get(0));
    send(layers.get(0), true);
    send(layers.get(1), true);
    send(layers.get(0), false);
    assertThat(seen).containsExactly("one-small!", "one-large!", "one-small");
    assertThat(picture.viewers()).isEqualTo(1);
    picture.show(null);
    send(layers.get(0), true);
    send(layers.get(1), true);
    assertThat(seen).hasSize(3);
  }

  @Test
  void cutsFromLayersToASourceWithout() {
    List<Source> layers = layers(clock, "one", asked);
    picture.subscribe(viewer);
    picture.show(layers.get(0));
    send(layers.get(1), true);
    picture.show(two);
    send(layers.get(1), false);
    send(two, true);
    send(layers.get(1), true);
    assertThat(seen).containsExactly("one-large!", "one-large", "two!");
  }

  private static void send(Source source, boolean keyFrame) {
    send(source, keyFrame, 0);
  }

  private static void send(Source source, boolean keyFrame, long mediaTime) {
    ByteBuf payload = Unpooled.buffer(1).writeByte(1);
    source.publish(
        new MediaPacket(
            payload, source.packets(), mediaTime, true, keyFrame, MediaPacket.NO_LEVEL));
    assertThat(payload.refCnt()).isZero();
  }
}
