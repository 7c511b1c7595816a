package org.kakehashi.media.audio;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Turns Opus packets (RFC 6716) of any frame duration and channel count into sound at 48 kHz.
 * Garbage is answered with 0 samples, never with an exception. Allocates nothing per packet.
 *
 * <p>Thread: one at a time; the memory belongs to this instance and is freed by {@link #close}.
 */
public final class OpusDecoder implements AutoCloseable {
  /** Room for the longest packet, in samples per channel: 120 ms. */
  public static final int MAX_SAMPLES = LibOpus.MAX_SAMPLES;

  /** Longest payload accepted, in bytes: more than a datagram holds. */
  public static final int MAX_PACKET = 1_500;

  /** Lengths of concealed or recovered sound are multiples of this: 2.5 ms. */
  public static final int STEP = 120;

  private final LibOpus opus;
  private final int channels;
  private final Arena memory = Arena.ofShared();
  private final MemorySegment state;
  private final MemorySegment packet;
  private final MemorySegment pcm;

  /**
   * @param channels of the sound that comes out, 1 or 2, whatever the packets contain
   * @throws OpusUnavailableException if libopus cannot be loaded on this machine
   */
  public OpusDecoder(int channels) {
    if (channels != 1 && channels != 2) {
      throw new IllegalArgumentException("channels: 1 or 2, not " + channels);
    }
    this.opus = LibOpus.get();
    this.channels = channels;
    try {
      state = memory.allocate((int) opus.decoderSize().invokeExact(channels), 16);
      opus.check((int) opus.decoderInit().invokeExact(state, LibOpus.RATE, channels));
    } catch (IllegalStateException e) {
      throw e;
    } catch (Throwable e) {
      throw LibOpus.broken(e);
    }
    packet = memory.allocate(MAX_PACKET);
    pcm = memory.allocate(JAVA_FLOAT, (long) MAX_SAMPLES * channels);
  }

  /**
   * Decodes a packet.
   *
   * @param sound filled from index 0, interleaved if there are two channels; room for {@link
   *     #MAX_SAMPLES} samples per channel. About -1 to 1; loud sound may come out a little beyond
   * @return samples per channel; 0 if this is no Opus packet
   * @throws IllegalStateException if this decoder is closed
   */
  public int decode(byte[] payload, int length, float[] sound) {
    return load(payload, length) ? run(packet, length, MAX_SAMPLES, 0, sound) : 0;
  }

  /**
   * Recovers the end of what was lost just before {@code next} from that packet's in-band FEC, or
   * conceals it if there is none. To be called before {@code next} itself is decoded.
   *
   * @param samples how much was lost, a multiple of {@link #STEP} up to {@link #MAX_SAMPLES}; what
   *     {@code next} does not cover is concealed
   * @return {@code samples}; 0 if {@code next} is no Opus packet
   */
  public int recover(byte[] next, int length, int samples, float[] sound) {
    return load(next, length) ? run(packet, length, samples, 1, sound) : 0;
  }

  /**
   * Invents what was lost from the sound before it, ever more quietly, or goes on with the comfort
   * noise of a sender that pauses (RFC 6716 section 4.4).
   *
   * @param samples a multiple of {@link #STEP} up to {@link #MAX_SAMPLES}
   * @return {@code samples}
   */
  public int conceal(int samples, float[] sound) {
    return run(MemorySegment.NULL, 0, samples, 0, sound);
  }

  /** How long the packet lasts in samples at 48 kHz; 0 if this is no Opus packet. */
  public int duration(byte[] payload, int length) {
    if (!load(payload, length)) {
      return 0;
    }
    try {
      return Math.max(0, (int) opus.packetSamples().invokeExact(packet, length, LibOpus.RATE));
    } catch (Throwable e) {
      throw LibOpus.broken(e);
    }
  }

  /** Forgets the sound so far, as before an unrelated stream. */
  public void reset() {
    try {
      opus.check((int) opus.decoderControl().invokeExact(state, LibOpus.RESET_STATE, 0));
    } catch (IllegalStateException e) {
      throw e;
    } catch (Throwable e) {
      throw LibOpus.broken(e);
    }
  }

  private boolean load(byte[] payload, int length) {
    if (length <= 0 || length > MAX_PACKET) {
      return false; // libopus would take an empty packet for a lost one.
    }
    MemorySegment.copy(payload, 0, packet, JAVA_BYTE, 0, length);
    return true;
  }

  private int run(MemorySegment data, int length, int samples, int fec, float[] sound) {
    int decoded;
    try {
      decoded = (int) opus.decode().invokeExact(state, data, length, pcm, samples, fec);
    } catch (Throwable e) {
      throw LibOpus.broken(e);
    }
    if (decoded <= 0) {
      return 0;
    }
    MemorySegment.copy(pcm, JAVA_FLOAT, 0, sound, 0, decoded * channels);
    return decoded;
  }

  /** Frees the memory; again: nothing happens. */
  @Override
  public void close() {
    if (memory.scope().isAlive()) {
      memory.close();
    }
  }
}
