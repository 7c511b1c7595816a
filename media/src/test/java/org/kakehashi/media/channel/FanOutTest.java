package org.kakehashi.media.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultEventLoop;
import io.netty.util.concurrent.EventExecutor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FanOutTest {
  private final DefaultEventLoop loop = new DefaultEventLoop();
  private final Source camera =
      new Source("camera", Codec.H264, new MediaClock(() -> 0, Instant.EPOCH));
  private final List<String> seen = new ArrayList<>();
  private final List<ByteBuf> payloads = new ArrayList<>();

  @AfterEach
  void everythingIsReleased() {
    loop.shutdownGracefully().awaitUninterruptibly();
    assertThat(payloads).allMatch(payload -> payload.refCnt() == 0);
  }

  private final class Viewer implements Listener {
    private final String name;
    private final Runnable atEach;

    Viewer(String name, Runnable atEach) {
      this.name = name;
      this.atEach = atEach;
    }

    @Override
    public EventExecutor loop() {
      return loop;
    }

    @Override
    public void accept(Source from, MediaPacket packet) {
      seen.add(name + packet.sequence());
      atEach.run();
    }
  }

  /** What one turn of the loop brings. */
  private void turn(FanOut fanOut, long... sequences) {
    loop.submit(
            () -> {
              for (long sequence : sequences) {
                ByteBuf payload = Unpooled.buffer(1).writeByte(1);
                payloads.add(payload);
                MediaPacket packet =
                    new MediaPacket(payload, sequence, 0, false, false, MediaPacket.NO_LEVEL);
                fanOut.publish(camera, packet);
                packet.release();
              }
            })
        .awaitUninterruptibly();
    loop.submit(() -> {}).awaitUninterruptibly();
  }

  @Test
  void soundGoesToEverybodyPacketByPacket() {
    FanOut fanOut = new FanOut();
    fanOut.subscribe(new Viewer("a", () -> {}));
    fanOut.subscribe(new Viewer("b", () -> {}));
    turn(fanOut, 1, 2);
    assertThat(seen).containsExactly("b1", "a1", "b2", "a2");
  }

  @Test
  void aPictureGoesToOneAfterTheOther() {
    FanOut fanOut = FanOut.ofPictures();
    fanOut.subscribe(new Viewer("a", () -> {}));
    fanOut.subscribe(new Viewer("b", () -> {}));
    turn(fanOut, 1, 2, 3);
    turn(fanOut, 4);
    assertThat(seen).containsExactly("b1", "b2", "b3", "a1", "a2", "a3", "b4", "a4");
  }

  @Test
  void whoLeavesInBetweenGetsNothingMoreAndNobodyGetsAnythingTwice() {
    FanOut fanOut = FanOut.ofPictures();
    List<Viewer> viewers = new ArrayList<>();
    for (String name : List.of("a", "b", "c")) {
      viewers.add(
          new Viewer(
              name,
              () -> {
                if (name.equals("b")) {
                  fanOut.unsubscribe(viewers.get(1));
                }
              }));
      fanOut.subscribe(viewers.getLast());
    }
    turn(fanOut, 1, 2);
    assertThat(seen).containsExactly("c1", "c2", "b1", "a1", "a2");
    assertThat(fanOut.listeners()).isEqualTo(2);
  }
}
