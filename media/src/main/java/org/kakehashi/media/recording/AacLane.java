package org.kakehashi.media.recording;

import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_FLTP;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;

import java.nio.ByteOrder;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.channel.MediaClock;
import org.kakehashi.media.codec.Encoder;
import org.kakehashi.media.codec.Ffmpeg;

/**
 * Encodes a channel's sound, frame by frame, in AAC-LC. What comes out is {@link #DELAY} frames
 * older than what goes in: a frame's sound overlaps with its neighbours', and FFmpeg's encoder
 * looks one frame ahead.
 *
 * <p>Once enough silence has gone in for nothing else to be in the encoder, it is left alone: the
 * frame it would give is known, and its state does not change by more silence.
 *
 * <p>Thread: the recorder's.
 */
final class AacLane implements AutoCloseable {
  /** Samples in a frame. */
  static final int FRAME = Encoder.AAC_FRAME;

  /** How many frames lie between what goes in and what comes out. */
  static final int DELAY = 2;

  /** Frames of silence after which only silence is in the encoder. */
  private static final int SETTLED = 4;

  private final Encoder encoder;
  private final byte[] silentFrame;
  private final AVFrame frame = Ffmpeg.allocated(av_frame_alloc());
  private final Consumer<AVPacket> copy = this::copy;
  private final float[] nothing = new float[FRAME];
  private int silentRun;
  private long pts;
  private byte @Nullable [] encoded;

  /**
   * @param bitRate in bit/s
   * @throws org.kakehashi.media.codec.CodecException if FFmpeg has no AAC encoder
   */
  AacLane(int bitRate) {
    encoder = Encoder.aac(bitRate);
    frame.nb_samples(FRAME);
    frame.format(AV_SAMPLE_FMT_FLTP);
    frame.sample_rate(MediaClock.RATE);
    av_channel_layout_default(frame.ch_layout(), 1);
    av_frame_get_buffer(frame, 0);
    for (int i = 0; i < 2 * SETTLED; i++) {
      encode(nothing);
    }
    byte[] silence = encoded;
    if (silence == null) {
      throw new IllegalStateException("The AAC encoder gives nothing");
    }
    silentFrame = silence;
    silentRun = SETTLED;
  }

  /**
   * Encodes the next frame.
   *
   * @param samples {@link #FRAME} of them
   * @param sound whether any of them can be heard; if not, they count as zeros
   * @return the frame that went in {@link #DELAY} calls ago, at first silence; not to be changed
   */
  byte[] encode(float[] samples, boolean sound) {
    silentRun = sound ? 0 : silentRun + 1;
    if (silentRun > SETTLED) {
      return silentFrame;
    }
    encode(sound ? samples : nothing);
    byte[] result = encoded;
    return result == null ? silentFrame : result;
  }

  private void encode(float[] samples) {
    av_frame_make_writable(frame);
    frame
        .data(0)
        .capacity((long) FRAME * Float.BYTES)
        .asByteBuffer()
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer()
        .put(samples, 0, FRAME);
    frame.pts(pts);
    pts += FRAME;
    encoded = null;
    encoder.encode(frame, copy);
  }

  private void copy(AVPacket packet) {
    byte[] bytes = new byte[packet.size()];
    packet.data().get(bytes);
    encoded = bytes;
  }

  @Override
  public void close() {
    encoder.close();
    av_frame_free(frame);
  }
}
