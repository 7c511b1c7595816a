package org.kakehashi.media.ingest;

import static org.bytedeco.ffmpeg.global.avcodec.*;
import static org.bytedeco.ffmpeg.global.avutil.*;

import java.nio.FloatBuffer;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;

/** Decodes published Opus and compares sounds. */
final class Ears {
  private Ears() {}

  /** Decodes packets that follow one another, to one channel. */
  static double[] hear(List<Published.Seen> packets) {
    AVCodec codec = avcodec_find_decoder(AV_CODEC_ID_OPUS);
    AVCodecContext context = avcodec_alloc_context3(codec);
    context.sample_rate(48_000);
    av_channel_layout_default(context.ch_layout(), 1);
    avcodec_open2(context, codec, (AVDictionary) null);
    AVPacket packet = av_packet_alloc();
    AVFrame frame = av_frame_alloc();
    double[] sound = new double[packets.size() * 960];
    int length = 0;
    for (Published.Seen seen : packets) {
      av_new_packet(packet, seen.payload().length);
      packet.data().put(seen.payload(), 0, seen.payload().length);
      if (avcodec_send_packet(context, packet) < 0) {
        throw new AssertionError("not Opus");
      }
      while (avcodec_receive_frame(context, frame) >= 0) {
        BytePointer data = frame.data(0);
        FloatBuffer pcm =
            new org.bytedeco.javacpp.FloatPointer(data).capacity(frame.nb_samples()).asBuffer();
        while (pcm.hasRemaining() && length < sound.length) {
          sound[length++] = pcm.get();
        }
      }
      av_packet_unref(packet);
    }
    av_packet_free(packet);
    av_frame_free(frame);
    avcodec_free_context(context);
    return sound;
  }

  /**
   * The best normalised correlation of {@code heard} with {@code original} delayed by 0 to most.
   */
  static Match match(double[] heard, short[] original, int from, int length, int most) {
    double best = -1;
    int at = 0;
    for (int delay = -most; delay <= most; delay++) {
      double product = 0;
      double heardSquare = 1e-9;
      double originalSquare = 1e-9;
      for (int i = from; i < from + length; i++) {
        double h = heard[i + delay];
        double o = original[i] / 32_768.0;
        product += h * o;
        heardSquare += h * h;
        originalSquare += o * o;
      }
      double correlation = product / Math.sqrt(heardSquare * originalSquare);
      if (correlation > best) {
        best = correlation;
        at = delay;
      }
    }
    return new Match(best, at);
  }

  /** How alike, -1 to 1, and by how many samples what was heard comes later. */
  record Match(double correlation, int delay) {}
}
