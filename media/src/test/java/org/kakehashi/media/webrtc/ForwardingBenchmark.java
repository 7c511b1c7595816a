package org.kakehashi.media.webrtc;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.kakehashi.media.channel.Channel;
import org.kakehashi.media.channel.Codec;
import org.kakehashi.media.channel.MediaPacket;
import org.kakehashi.media.channel.Source;
import org.kakehashi.media.webrtc.client.ClientMedia;
import org.kakehashi.media.webrtc.client.WebRtcClient;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A packet on its way from a channel to a listener, from the rewriting of its header until the
 * kernel has it: {@code deploy/bench/run.sh allocation}, with JMH's allocation profiler. The
 * listeners are real ones that have done ICE and DTLS, and then read no more.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 4, time = 2)
public class ForwardingBenchmark {
  private static final int LISTENERS = 200;
  private static final int PACKETS = 50;

  /** One loop, one channel, and everybody hears it. */
  @State(Scope.Benchmark)
  public static class Crowd {
    private final PortFixture fixture =
        new PortFixture(
            config ->
                config
                    .withLoops(1)
                    .withPacking(Packing.NEVER)
                    .withTimeouts(
                        new WebRtcConfig.Timeouts(
                            Duration.ofMinutes(1),
                            Duration.ofMinutes(1),
                            Duration.ofHours(1),
                            Duration.ofMinutes(1))));
    private final Channel channel = new Channel("floor");
    private final Source source = new Source("speaker", Codec.OPUS, fixture.clock);
    private final ByteBuf payload = Unpooled.directBuffer(94).writeByte(0xF8).writeZero(93);
    private final CountDownLatch over = new CountDownLatch(1);
    private final Runnable burst = this::burst;
    private EventExecutor loop;
    private long sequence;

    /** Lets them come, then keeps their thread from reading, which is not what is measured. */
    @Setup
    public void open() throws Exception {
      List<OutgoingTrack> tracks = new ArrayList<>();
      for (int i = 0; i < LISTENERS; i++) {
        WebRtcClient client = fixture.client(ClientMedia.hears()).withChecksEvery(0);
        Peer peer = fixture.listener(client);
        PortFixture.connect(client, peer);
        tracks.add(peer.outgoing().getFirst());
      }
      channel.feed(source);
      tracks.forEach(track -> track.listen(channel));
      PortFixture.await(() -> channel.listeners() == LISTENERS);
      loop = tracks.getFirst().loop();
      fixture.group.forEach(reading -> reading.execute(this::rest));
    }

    private void rest() {
      try {
        over.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private void burst() {
      for (int i = 0; i < PACKETS; i++) {
        payload.retain();
        source.publish(new MediaPacket(payload, sequence, sequence * 960, false, true, -20));
        sequence++;
      }
    }

    void run() throws InterruptedException {
      loop.submit(burst).sync();
    }

    /** Says goodbye, once JMH has counted: to it this is a part of the last iteration. */
    @TearDown
    public void leave() {
      CompletableFuture.delayedExecutor(2, TimeUnit.SECONDS).execute(this::close);
    }

    private void close() {
      over.countDown();
      fixture.close();
      payload.release();
    }
  }

  /** So many packets to each of so many listeners; the figures are of one to one. */
  @Benchmark
  @OperationsPerInvocation(LISTENERS * PACKETS)
  public void packetToAListener(Crowd crowd) throws InterruptedException {
    crowd.run();
  }
}
