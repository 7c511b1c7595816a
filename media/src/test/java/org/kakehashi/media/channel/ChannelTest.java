package org.kakehashi.media.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChannelTest {
  private final MediaClock clock = new MediaClock(() -> 0, Instant.EPOCH);
  private final Source one = new Source("one", Codec.OPUS, clock);
  private final Source two = new Source("two", Codec.OPUS, clock);
  private final Channel channel = new Channel("ja");
  private final Ear ear = new Ear(ImmediateEventExecutor.INSTANCE);
  private final List<DefaultEventExecutor> loops = new ArrayList<>();

  @AfterEach
  void stopLoops() {
    loops.forEach(loop -> loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly());
  }

  @Test
  void carriesItsSourceAndNoOther() {
    channel.subscribe(ear);
    channel.feed(one);
    one.publish(packet(1, 960));
    two.publish(packet(1, 960));
    channel.feed(two);
    one.publish(packet(2, 1920));
    two.publish(packet(2, 1920));
    channel.feed(null);
    two.publish(packet(3, 2880));

    assertThat(ear.heard).containsExactly("one 960", "two 1920");
  }

  @Test
  void theSameWordsAreNotHeardTwiceWhenAMixTakesOver() {
    channel.subscribe(ear);
    channel.feed(one);
    one.publish(packet(1, 9600));
    channel.feed(two); // A mix lags behind what was already forwarded.
    two.publish(packet(1, 8640));
    two.publish(packet(2, 9600));
    two.publish(packet(3, 10560));

    assertThat(ear.heard).containsExactly("one 9600", "two 10560");
  }

  @Test
  void aSourceWithAnotherIdeaOfTimeIsLetThroughAtOnce() {
    channel.subscribe(ear);
    channel.feed(one);
    one.publish(packet(1, 480_000));
    channel.feed(two);
    two.publish(packet(1, 960));

    assertThat(ear.heard).containsExactly("one 480000", "two 960");
  }

  @Test
  void latePacketsOfTheSameSourcePass() {
    channel.subscribe(ear);
    channel.feed(one);
    one.publish(packet(2, 1920));
    one.publish(packet(1, 960));

    assertThat(ear.heard).containsExactly("one 1920", "one 960");
  }

  @Test
  void countsItsListeners() {
    channel.subscribe(ear);
    channel.subscribe(ear);
    assertThat(channel.listeners()).isEqualTo(1);
    channel.unsubscribe(ear);
    channel.unsubscribe(ear);
    assertThat(channel.listeners()).isZero();
  }

  @Test
  void aSourceIsHeardWhileSomebodyListensToItsChannel() {
    channel.feed(one);
    assertThat(one.isAttached()).isTrue();
    assertThat(one.isHeard()).isFalse();
    channel.subscribe(ear);
    assertThat(one.isHeard()).isTrue();
    channel.unsubscribe(ear);
    assertThat(one.isHeard()).isFalse();
    two.attach((from, packet) -> {});
    assertThat(two.isHeard()).isTrue();
  }

  @Test
  void buffersAreReleasedWhoeverListens() throws Exception {
    DefaultEventExecutor loop = loop();
    Ear remote = new Ear(loop);
    channel.subscribe(remote);
    channel.subscribe(ear);
    channel.feed(one);
    loop.submit(() -> {}).sync();

    MediaPacket packet = packet(1, 960);
    ByteBuf payload = packet.payload();
    one.publish(packet);
    loop.submit(() -> {}).sync();

    assertThat(remote.heard).containsExactly("one 960");
    assertThat(ear.heard).containsExactly("one 960");
    assertThat(payload.refCnt()).isZero();
  }

  @Test
  void aLoopThatStoppedTakesItsListenersWithIt() {
    DefaultEventExecutor loop = loop();
    channel.subscribe(new Ear(loop));
    channel.feed(one);
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();

    MediaPacket packet = packet(1, 960);
    one.publish(packet);

    assertThat(packet.payload().refCnt()).isZero();
  }

  private DefaultEventExecutor loop() {
    DefaultEventExecutor loop = new DefaultEventExecutor();
    loops.add(loop);
    return loop;
  }

  private static MediaPacket packet(long sequence, long mediaTime) {
    ByteBuf payload = Unpooled.buffer(4).writeInt((int) sequence);
    return new MediaPacket(payload, sequence, mediaTime, false, true, -20);
  }

  private static final class Ear implements Listener {
    private final EventExecutor loop;
    private final List<String> heard = new CopyOnWriteArrayList<>();

    Ear(EventExecutor loop) {
      this.loop = loop;
    }

    @Override
    public EventExecutor loop() {
      return loop;
    }

    @Override
    public void accept(Source from, MediaPacket packet) {
      heard.add(from.id() + " " + packet.mediaTime());
    }
  }
}
