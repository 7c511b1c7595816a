package org.kakehashi.media.audio;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import io.netty.buffer.ByteBuf;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * Turns sound into Opus packets (RFC 6716). Allocates nothing per frame.
 *
 * <p>Thread: one at a time; the memory belongs to this instance and is freed by {@link #close}.
 */
public final class OpusEncoder implements AutoCloseable {
  /** Longest packet produced, in bytes: it fits a datagram whatever the bit rate. */
  public static final int MAX_PACKET = 1_200;

  private static final int SET_BITRATE = 4002;
  private static final int SET_BANDWIDTH_LIMIT = 4004;
  private static final int SET_COMPLEXITY = 4010;
  private static final int SET_INBAND_FEC = 4012;
  private static final int SET_PACKET_LOSS_PERC = 4014;
  private static final int SET_DTX = 4016;
  private static final int FULL_BAND = 1105;

  private final LibOpus opus;
  private final int channels;
  private final Arena memory = Arena.ofShared();
  private final MemorySegment state;
  private final MemorySegment pcm;
  private final MemorySegment packet;
  private final ByteBuffer packetView;

  /**
   * @throws OpusUnavailableException if libopus cannot be loaded on this machine
   */
  public OpusEncoder(OpusSettings settings) {
    opus = LibOpus.get();
    channels = settings.channels();
    try {
      state = memory.allocate((int) opus.encoderSize().invokeExact(channels), 16);
      opus.check(
          (int)
              opus.encoderInit()
                  .invokeExact(state, LibOpus.RATE, channels, settings.application().code()));
    } catch (IllegalStateException e) {
      throw e;
    } catch (Throwable e) {
      throw LibOpus.broken(e);
    }
    pcm = memory.allocate(JAVA_FLOAT, (long) LibOpus.MAX_SAMPLES * channels);
    packet = memory.allocate(MAX_PACKET);
    packetView = packet.asByteBuffer();
    control(SET_BITRATE, settings.bitrate());
    control(SET_BANDWIDTH_LIMIT, FULL_BAND);
    control(SET_COMPLEXITY, settings.complexity());
    control(SET_INBAND_FEC, settings.fec() ? 1 : 0);
    control(SET_PACKET_LOSS_PERC, settings.lossPercent());
    control(SET_DTX, 0);
  }

  /**
   * Encodes one frame.
   *
   * @param sound samples from -1 to 1 (more is clipped), interleaved if there are two channels
   * @param samples per channel: 120, 240, 480, 960, 1920 or 2880 (2.5 to 60 ms)
   * @param out where the packet is appended; at most {@link #MAX_PACKET} bytes
   * @return the packet's length in bytes
   * @throws IllegalStateException if this encoder is closed, or {@code samples} is no frame length
   */
  public int encode(float[] sound, int samples, ByteBuf out) {
    MemorySegment.copy(sound, 0, pcm, JAVA_FLOAT, 0, samples * channels);
    int length;
    try {
      length = (int) opus.encode().invokeExact(state, pcm, samples, packet, MAX_PACKET);
    } catch (Throwable e) {
      throw LibOpus.broken(e);
    }
    opus.check(length);
    out.writeBytes(packetView.clear().limit(length));
    return length;
  }

  /** Forgets the sound so far, as after a pause in which nothing was encoded. */
  public void reset() {
    control(LibOpus.RESET_STATE, 0);
  }

  private void control(int request, int value) {
    try {
      opus.check((int) opus.encoderControl().invokeExact(state, request, value));
    } catch (IllegalStateException e) {
      throw e;
    } catch (Throwable e) {
      throw LibOpus.broken(e);
    }
  }

  /** Frees the memory; again: nothing happens. */
  @Override
  public void close() {
    if (memory.scope().isAlive()) {
      memory.close();
    }
  }
}
