package org.kakehashi.media.webrtc;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.concurrent.TimeUnit;
import org.kakehashi.media.channel.Codec;
import org.kakehashi.media.channel.FanOut;
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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The packets of a picture to many listeners, until the kernel has them: each listener's together,
 * so that they pass the kernel as one (UDP GSO), and each packet to everybody before the next, as
 * sound goes. {@code deploy/bench/run.sh pictures}.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 4, time = 2)
public class PicturesBenchmark {
  private static final int LISTENERS = 100;
  private static final int PICTURES = 10;

  /** 1.5 Mbit/s at 30 pictures a second are 6 KB each. */
  private static final int PACKETS = 5;

  private static final int LENGTH = 1_150;

  /** One loop, and everybody sees the same. */
  @State(Scope.Benchmark)
  public static class Screen {
    /** How the packets of a picture are handed to the listeners. */
    @Param({"together", "apart"})
    public String order;

    // VP8: the first of a key frame (RFC 7741 §4.2, §4.3).
    private final ByteBuf payload =
        Unpooled.directBuffer(LENGTH).writeByte(0x10).writeZero(LENGTH - 1);
    private final Runnable picture = this::picture;
    private BenchmarkCrowd crowd;
    private FanOut feed;
    private Source source;
    private long sequence;

    /** Lets them come. */
    @Setup
    public void open() throws Exception {
      crowd = new BenchmarkCrowd(LISTENERS, ClientMedia.watches());
      source = new Source("camera", Codec.VP8, crowd.clock());
      feed = order.equals("together") ? FanOut.ofPictures() : new FanOut();
      crowd.listen(feed);
    }

    private void picture() {
      long time = sequence * 1_600;
      for (int i = 0; i < PACKETS; i++) {
        boolean last = i == PACKETS - 1;
        feed.publish(
            source, new MediaPacket(payload, sequence, time, last, i == 0, MediaPacket.NO_LEVEL));
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
  @OperationsPerInvocation(LISTENERS * PACKETS * PICTURES)
  public void packetToAListener(Screen screen) throws InterruptedException {
    for (int i = 0; i < PICTURES; i++) {
      screen.crowd.run(screen.picture);
    }
  }
}
