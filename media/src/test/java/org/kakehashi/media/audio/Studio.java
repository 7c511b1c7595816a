package org.kakehashi.media.audio;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongBinaryOperator;
import java.util.function.LongPredicate;
import java.util.function.LongUnaryOperator;
import org.kakehashi.media.channel.Codec;
import org.kakehashi.media.channel.MediaClock;
import org.kakehashi.media.channel.MediaPacket;
import org.kakehashi.media.channel.Sink;
import org.kakehashi.media.channel.Source;

/**
 * A session in simulated time: speakers whose packets arrive when the test says, a ticker that
 * ticks every 20 ms of that time, listeners that decode what they get.
 */
final class Studio implements AutoCloseable {
  static final int FRAME = 960;

  private final List<Voice> voices = new ArrayList<>();
  private final List<Ticker.Tick> ticks = new ArrayList<>();
  private final List<AutoCloseable> closing = new ArrayList<>();
  private long nanos;
  private long nextTick = Ticker.PERIOD_NANOS / 2;

  /** Nanoseconds of this thread's processor time spent in ticks. */
  long ticking;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

  final MediaClock clock = new MediaClock(() -> nanos, Instant.EPOCH);
  final Ticker ticker =
      tick -> {
        ticks.add(tick);
        return () -> ticks.remove(tick);
      };

  FloorMixer mixer() {
    var mixer =
        new FloorMixer(
            "mix", clock, ticker, FloorMixer.Settings.standard(), PooledByteBufAllocator.DEFAULT);
    closing.add(mixer);
    return mixer;
  }

  Voice voice(String id, Tone tone) {
    return voice(id, tone, FRAME);
  }

  Voice voice(String id, Tone tone, int frame) {
    var voice = new Voice(id, tone, frame);
    voices.add(voice);
    return voice;
  }

  /** A microphone of somebody who says {@code speech}, over and over. */
  Voice speaker(String id, float[] speech) {
    var voice = new Voice(id, speech);
    voices.add(voice);
    return voice;
  }

  /** A microphone that sends only what the test {@linkplain Voice#send makes it send}. */
  Voice silent(String id) {
    return new Voice(id, Tone.mono(400, 0), FRAME);
  }

  Ears listenTo(Source source) {
    var ears = new Ears();
    closing.add(ears);
    source.attach(ears);
    return ears;
  }

  int ticks() {
    return ticks.size();
  }

  /** Lets time pass, one millisecond after the other. */
  void run(int milliseconds) {
    for (int i = 0; i < milliseconds; i++) {
      nanos += 1_000_000;
      for (Voice voice : voices) {
        voice.speak();
      }
      if (nanos >= nextTick) {
        for (Ticker.Tick tick : List.copyOf(ticks)) {
          long begin = threads.getCurrentThreadCpuTime();
          tick.tick(nextTick);
          ticking += threads.getCurrentThreadCpuTime() - begin;
        }
        nextTick += Ticker.PERIOD_NANOS;
      }
    }
  }

  /** Lets time pass in which nothing ticks, a multiple of 20 ms; those ticks are never made up. */
  void stall(int milliseconds) {
    nextTick += milliseconds * 1_000_000L;
    run(milliseconds);
  }

  @Override
  public void close() throws Exception {
    for (AutoCloseable each : closing) {
      each.close();
    }
  }

  /** A microphone that begins to speak when it is made: a tone, encoded once and repeated. */
  final class Voice {
    final Source source;
    private final int frame;
    private final byte[][] packets;
    private final int settling;
    private final long begin = clock.now();
    private long sent;
    private boolean silent;

    /** When (in ticks of the session) the packet of a media time arrives. */
    LongUnaryOperator arrival = time -> time;

    /** Where a packet is placed on the session's clock, by what its sender says and its arrival. */
    LongBinaryOperator placed = (time, arrived) -> time;

    /** Which packets are lost, by sequence number. */
    LongPredicate lost = sequence -> false;

    private Voice(String id, Tone tone, int frame) {
      this.source = new Source(id, Codec.OPUS, clock);
      this.frame = frame;
      this.packets = new byte[48_000 / frame * 3][];
      this.settling = packets.length / 3;
      OpusSettings settings = tone.channels() == 2 ? OpusSettings.music() : OpusSettings.speech();
      try (var encoder = new OpusEncoder(settings)) {
        for (int i = 0; i < packets.length; i++) {
          ByteBuf out = Unpooled.buffer(OpusEncoder.MAX_PACKET);
          packets[i] = new byte[encoder.encode(tone.next(frame), frame, out)];
          out.readBytes(packets[i]);
        }
      }
    }

    /** What a listener to nobody but this microphone hears in one round. */
    float[] sound() {
      return Speech.decoded(packets);
    }

    private Voice(String id, float[] speech) {
      this.source = new Source(id, Codec.OPUS, clock);
      this.frame = FRAME;
      this.packets = Speech.encoded(speech);
      this.settling = 0;
    }

    /** Says nothing, without sending (as a sender that pauses), until told otherwise. */
    void pause(boolean pausing) {
      silent = pausing;
    }

    private void speak() {
      while (arrival.applyAsLong(begin + sent * frame) <= clock.now()) {
        long sequence = sent++;
        if (!silent && !lost.test(sequence)) {
          // The first second is the encoder's settling; what repeats is the two after it.
          long i =
              sequence < settling
                  ? sequence
                  : settling + (sequence - settling) % (packets.length - settling);
          long time = begin + sequence * frame;
          send(sequence, placed.applyAsLong(time, clock.now()), packets[(int) i]);
        }
      }
    }

    void send(long sequence, long time, byte[] payload) {
      source.publish(
          new MediaPacket(
              Unpooled.wrappedBuffer(payload), sequence, time, false, true, MediaPacket.NO_LEVEL));
    }
  }

  /** A listener: decodes what it gets and remembers the last of it. */
  final class Ears implements Sink, AutoCloseable {
    private final OpusDecoder decoder = new OpusDecoder(1);
    private final float[] pcm = new float[OpusDecoder.MAX_SAMPLES];
    private float[] heard = new float[0];
    private int length;
    final List<Long> times = new ArrayList<>();
    final List<Long> sequences = new ArrayList<>();
    long delay;
    int level;

    @Override
    public void accept(Source from, MediaPacket packet) {
      byte[] payload = new byte[packet.payload().readableBytes()];
      packet.payload().getBytes(packet.payload().readerIndex(), payload);
      int samples = decoder.decode(payload, payload.length, pcm);
      if (length + samples > heard.length) {
        heard = Arrays.copyOf(heard, Math.max(48_000, 2 * heard.length));
      }
      System.arraycopy(pcm, 0, heard, length, samples);
      length += samples;
      times.add(packet.mediaTime());
      sequences.add(packet.sequence());
      delay = clock.now() - packet.mediaTime();
      level = packet.level();
    }

    /** Forgets what was heard. */
    void clear() {
      length = 0;
      times.clear();
      sequences.clear();
    }

    int packets() {
      return times.size();
    }

    float[] sound() {
      return Arrays.copyOf(heard, length);
    }

    /** The amplitude of a frequency in the last {@code samples}. */
    double amplitude(double frequency, int samples) {
      return Tone.amplitude(heard, length - samples, samples, frequency);
    }

    /** The least amplitude of a frequency in any 50 ms of what was heard after the first 100 ms. */
    double weakest(double frequency) {
      double weakest = Double.MAX_VALUE;
      for (int i = 4_800; i + 2_400 <= length; i += 2_400) {
        weakest = Math.min(weakest, Tone.amplitude(heard, i, 2_400, frequency));
      }
      return weakest;
    }

    @Override
    public void close() {
      decoder.close();
    }
  }
}
