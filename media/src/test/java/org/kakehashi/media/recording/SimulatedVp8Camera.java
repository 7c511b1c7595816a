package org.kakehashi.media.recording;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_I;
import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_NONE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongPredicate;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.Pointer;
import org.kakehashi.media.channel.Codec;
import org.kakehashi.media.channel.MediaPacket;
import org.kakehashi.media.channel.Source;
import org.kakehashi.media.codec.Ffmpeg;

/** A camera of 176 by 144 in VP8, 25 frames a second, that is white at given times. */
final class SimulatedVp8Camera implements Conference.Participant, AutoCloseable {
  private static final int INTERVAL = 1_920;
  private static final int PAYLOAD = 200;

  private final Source source;
  private final LongPredicate flashAt;
  private final AtomicBoolean keyWanted = new AtomicBoolean(true);
  private final AVCodecContext context;
  private final AVFrame frame = av_frame_alloc();
  private final AVPacket packet = av_packet_alloc();
  private long next = -1;
  private long sequence;
  private boolean loses;

  SimulatedVp8Camera(Conference conference, String id, LongPredicate flashAt) {
    source = new Source(id, Codec.VP8, conference.clock, () -> keyWanted.set(true));
    this.flashAt = flashAt;
    var codec = avcodec_find_encoder_by_name("libvpx");
    context = avcodec_alloc_context3(codec);
    AVDictionary options = new AVDictionary(null);
    av_dict_set(options, "deadline", "realtime", 0);
    av_dict_set(options, "lag-in-frames", "0", 0);
    try (AVRational tick = Ffmpeg.tick()) {
      context.time_base(tick);
    }
    context.width(176).height(144).pix_fmt(AV_PIX_FMT_YUV420P);
    context.bit_rate(300_000);
    Ffmpeg.check(avcodec_open2(context, codec, options), "libvpx");
    frame.width(176).height(144).format(AV_PIX_FMT_YUV420P);
    av_frame_get_buffer(frame, 0);
  }

  Source source() {
    return source;
  }

  void loseOnePacket() {
    loses = true;
  }

  @Override
  public void send(long now) {
    if (next < 0) {
      next = now;
    }
    while (next <= now) {
      shoot(next);
      next += INTERVAL;
    }
  }

  private void shoot(long time) {
    boolean white = false;
    for (long slot = time - time % 4_800; slot > time - 3 * INTERVAL; slot -= 4_800) {
      white |= time - slot < 3 * INTERVAL && flashAt.test(slot);
    }
    av_frame_make_writable(frame);
    Pointer.memset(frame.data(0), white ? 235 : 16, (long) frame.linesize(0) * 144);
    Pointer.memset(frame.data(1), 128, (long) frame.linesize(1) * 72);
    Pointer.memset(frame.data(2), 128, (long) frame.linesize(2) * 72);
    frame.pict_type(keyWanted.getAndSet(false) ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE);
    frame.pts(time);
    avcodec_send_frame(context, frame);
    while (avcodec_receive_packet(context, packet) >= 0) {
      byte[] bytes = new byte[packet.size()];
      packet.data().get(bytes);
      av_packet_unref(packet);
      publish(bytes, time);
    }
  }

  private void publish(byte[] data, long time) {
    for (int at = 0; at < data.length; at += PAYLOAD) {
      int length = Math.min(PAYLOAD, data.length - at);
      boolean first = at == 0;
      ByteBuf payload = Unpooled.buffer().writeByte(first ? 0x10 : 0).writeBytes(data, at, length);
      boolean key = first && (data[0] & 1) == 0;
      MediaPacket sent =
          new MediaPacket(
              payload, sequence++, time, at + length == data.length, key, MediaPacket.NO_LEVEL);
      if (loses) {
        loses = false;
        sent.release();
      } else {
        source.publish(sent);
      }
    }
  }

  @Override
  public void close() {
    av_frame_free(frame);
    av_packet_free(packet);
    avcodec_free_context(context);
  }
}
