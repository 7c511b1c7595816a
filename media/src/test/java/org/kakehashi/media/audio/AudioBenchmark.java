package org.kakehashi.media.audio;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.kakehashi.media.channel.Source;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What 20 ms of sound cost: {@code deploy/bench/run.sh codec}. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class AudioBenchmark {

  /** Ten seconds of speech, and its packets. */
  @State(Scope.Thread)
  public static class Coding {
    private final float[] speech = Speech.of(1, 140, 0.2, 10);
    private final byte[][] packets = Speech.encoded(speech);
    private final OpusEncoder encoder = new OpusEncoder(OpusSettings.speech());
    private final OpusDecoder decoder = new OpusDecoder(1);
    private final float[] frame = new float[OpusDecoder.MAX_SAMPLES];
    private final ByteBuf out = Unpooled.buffer(OpusEncoder.MAX_PACKET);
    private int next;

    private int next() {
      next = (next + 1) % packets.length;
      return next;
    }

    /** Frees the codecs. */
    @TearDown
    public void close() {
      encoder.close();
      decoder.close();
    }
  }

  /** Speakers whose floor somebody listens to. */
  @State(Scope.Thread)
  public static class Floor {
    /** How many speak. */
    @Param({"2", "4"})
    public int speakers;

    private final Studio studio = new Studio();
    private long heard;

    /** Opens the microphones. */
    @Setup
    public void open() {
      Map<Source, String> microphones = new HashMap<>();
      for (int i = 0; i < speakers; i++) {
        float[] speech = Speech.of(i, 100 + 40 * i, 0.3, 10);
        microphones.put(studio.speaker("s" + i, speech).source, "p" + i);
      }
      FloorMixer mixer = studio.mixer();
      mixer.mix(microphones);
      mixer.everyone().attach((from, packet) -> heard++);
    }

    /** Frees the codecs. */
    @TearDown
    public void close() throws Exception {
      studio.close();
    }
  }

  /** Encodes a frame. */
  @Benchmark
  public int encode(Coding coding) {
    System.arraycopy(coding.speech, coding.next() * Studio.FRAME, coding.frame, 0, Studio.FRAME);
    return coding.encoder.encode(coding.frame, Studio.FRAME, coding.out.clear());
  }

  /** Decodes a packet. */
  @Benchmark
  public int decode(Coding coding) {
    byte[] packet = coding.packets[coding.next()];
    return coding.decoder.decode(packet, packet.length, coding.frame);
  }

  /** One tick: the packets come, are decoded, mixed and encoded once. */
  @Benchmark
  public long mix(Floor floor) {
    floor.studio.run(20);
    return floor.heard;
  }
}
