package org.kakehashi.media.webrtc;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.concurrent.TimeUnit;
import org.kakehashi.media.channel.Channel;
import org.kakehashi.media.channel.Codec;
import org.kakehashi.media.channel.MediaPacket;
import org.kakehashi.media.channel.Source;
import org.kakehashi.media.webrtc.client.ClientMedia;
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
 * kernel has it: {@code deploy/bench/run.sh allocation}, with JMH's allocation profiler.
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
  public static class Hall {
    private final ByteBuf payload = Unpooled.directBuffer(94).writeByte(0xF8).writeZero(93);
    private final Runnable burst = this::burst;
    private BenchmarkCrowd crowd;
    private Source source;
    private long sequence;

    /** Lets them come. */
    @Setup
    public void open() throws Exception {
      crowd = new BenchmarkCrowd(LISTENERS, ClientMedia.hears());
      source = new Source("speaker", Codec.OPUS, crowd.clock());
      Channel channel = new Channel("floor");
      channel.feed(source);
      crowd.listen(channel);
    }

    private void burst() {
      for (int i = 0; i < PACKETS; i++) {
        payload.retain();
        source.publish(new MediaPacket(payload, sequence, sequence * 960, false, true, -20));
        sequence++;
      }
    }

    /** They go. */
    @TearDown
    public void leave() {
      crowd.leave(payload::release);
    }
  }

  /** So many packets to each of so many listeners; the figures are of one to one. */
  @Benchmark
  @OperationsPerInvocation(LISTENERS * PACKETS)
  public void packetToAListener(Hall hall) throws InterruptedException {
    hall.crowd.run(hall.burst);
  }
}
