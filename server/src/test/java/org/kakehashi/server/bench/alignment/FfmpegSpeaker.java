package org.kakehashi.server.bench.alignment;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_OPUS;
import static org.bytedeco.ffmpeg.global.avcodec.AV_INPUT_BUFFER_PADDING_SIZE;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_new_packet;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_rescale_ts;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avformat.av_write_frame;
import static org.bytedeco.ffmpeg.global.avformat.av_write_trailer;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_output_context2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_new_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_write_header;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_mallocz;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecParameters;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVOutputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.kakehashi.media.audio.OpusEncoder;
import org.kakehashi.media.audio.OpusSettings;
import org.kakehashi.media.codec.Ffmpeg;
import org.kakehashi.media.codec.NalUnits;
import org.kakehashi.server.bench.MediaApi;
import org.kakehashi.server.bench.Venue;

/**
 * A speaker whose SDP, ICE, DTLS, SRTP, RTP and RTCP are FFmpeg's: its WHIP muxer gets encoded
 * packets here, stamped with when they were taken. As FFmpeg's own encoders do, sound is stamped
 * with the encoder's look-ahead taken off. It sends a report at the start, then every five seconds
 * or more, and no key frame when asked: there is one every second. Sends on a thread of its own
 * until it is closed.
 */
final class FfmpegSpeaker implements Speaker {
  private static final int FRAME = 960;
  private static final int LOOK_AHEAD = 312;
  private static final int FPS = Camera.FPS;
  private static final long INTERVAL = 1_000_000_000L / FPS;

  private final SenderClock clock;
  private final Camera.Size size;
  private final AVFormatContext whip = new AVFormatContext(null);
  private final AVPacket packet = Ffmpeg.allocated(av_packet_alloc());
  private final AtomicBoolean on = new AtomicBoolean(true);
  private final Thread thread;

  FfmpegSpeaker(MediaApi api, String token, SenderClock clock, Camera.Size size) {
    this.clock = clock;
    this.size = size;
    String address = api.address("/whip/" + Venue.SESSION + "/floor?language=en").toString();
    Ffmpeg.check(
        avformat_alloc_output_context2(whip, (AVOutputFormat) null, "whip", address), "No WHIP");
    AVCodecParameters picture = stream();
    picture.codec_type(AVMEDIA_TYPE_VIDEO);
    picture.codec_id(AV_CODEC_ID_H264);
    picture.width(size.width());
    picture.height(size.height());
    extradata(picture, parameterSets(size));
    AVCodecParameters sound = stream();
    sound.codec_type(AVMEDIA_TYPE_AUDIO);
    sound.codec_id(AV_CODEC_ID_OPUS);
    sound.sample_rate(48_000);
    sound.frame_size(FRAME);
    av_channel_layout_default(sound.ch_layout(), 2);
    AVDictionary options = new AVDictionary(null);
    av_dict_set(options, "authorization", token, 0);
    try {
      Ffmpeg.check(avformat_write_header(whip, options), "FFmpeg cannot connect by WHIP");
    } finally {
      av_dict_free(options);
    }
    thread = Thread.ofPlatform().name("ffmpeg-speaker").start(this::send);
  }

  private AVCodecParameters stream() {
    AVStream stream = Ffmpeg.allocated(avformat_new_stream(whip, (AVCodec) null));
    return stream.codecpar();
  }

  private static void extradata(AVCodecParameters parameters, byte[] bytes) {
    Pointer memory = Ffmpeg.allocated(av_mallocz(bytes.length + AV_INPUT_BUFFER_PADDING_SIZE));
    BytePointer data = new BytePointer(memory);
    data.put(bytes);
    parameters.extradata(data);
    parameters.extradata_size(bytes.length);
  }

  /** What the encoder puts before a key frame. */
  private static byte[] parameterSets(Camera.Size size) {
    ByteBuf sets = Unpooled.buffer();
    try (Canvas canvas = new Canvas(size.width(), size.height(), FPS)) {
      canvas.paint(
          false,
          true,
          0,
          frame -> {
            for (ByteBuf unit : NalUnits.ofAnnexB(Ffmpeg.view(frame))) {
              if (NalUnits.type(unit) == NalUnits.SPS || NalUnits.type(unit) == NalUnits.PPS) {
                sets.writeInt(1).writeBytes(unit, unit.readerIndex(), unit.readableBytes());
              }
            }
          });
    }
    return ByteBufUtil.getBytes(sets);
  }

  private void send() {
    long start = clock.beat().now();
    long frame = start / INTERVAL + 1;
    long sample = clock.timestamp(start);
    float[] sound = new float[2 * FRAME];
    float[] mono = new float[FRAME];
    Hum hum = new Hum(clock, true);
    try (Canvas canvas = new Canvas(size.width(), size.height(), FPS);
        OpusEncoder encoder = new OpusEncoder(OpusSettings.music().withComplexity(1))) {
      while (on.get()) {
        long heard = clock.nanos(sample + FRAME);
        if (frame * INTERVAL <= heard) {
          long shot = frame * INTERVAL;
          clock.beat().await(shot);
          boolean key = frame % FPS == 0;
          canvas.paint(
              Beat.isFlash(shot),
              key,
              shot * 48 / 1_000_000,
              coded -> write(0, ByteBufUtil.getBytes(Ffmpeg.view(coded)), shot - start, key));
          frame++;
        } else {
          hum.fill(mono, sample);
          for (int i = 0; i < sound.length; i++) {
            sound[i] = mono[i / 2];
          }
          ByteBuf payload = Unpooled.buffer(OpusEncoder.MAX_PACKET);
          encoder.encode(sound, FRAME, payload);
          clock.beat().await(heard);
          write(1, ByteBufUtil.getBytes(payload), clock.nanos(sample - LOOK_AHEAD) - start, true);
          sample += FRAME;
        }
      }
    }
  }

  private void write(int stream, byte[] bytes, long nanos, boolean key) {
    Ffmpeg.check(av_new_packet(packet, bytes.length), "No memory for a packet");
    try (AVRational nanosecond = new AVRational().num(1).den(1_000_000_000)) {
      packet.data().put(bytes);
      packet.pts(nanos);
      packet.dts(nanos);
      packet.flags(key ? AV_PKT_FLAG_KEY : 0);
      packet.stream_index(stream);
      av_packet_rescale_ts(packet, nanosecond, whip.streams(stream).time_base());
      Ffmpeg.check(av_write_frame(whip, packet), "FFmpeg cannot send");
    } finally {
      av_packet_unref(packet);
    }
  }

  @Override
  public void resize(Camera.Size to) {
    // Its header said how large the picture is.
  }

  @Override
  public void close() {
    on.set(false);
    Threads.join(thread);
    av_write_trailer(whip);
    av_packet_free(packet);
    avformat_free_context(whip);
  }
}
