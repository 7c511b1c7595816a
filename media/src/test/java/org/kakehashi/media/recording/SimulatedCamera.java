package org.kakehashi.media.recording;

import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_I;
import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_NONE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongPredicate;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.Pointer;
import org.kakehashi.media.channel.Codec;
import org.kakehashi.media.channel.MediaPacket;
import org.kakehashi.media.channel.Source;
import org.kakehashi.media.codec.Encoder;
import org.kakehashi.media.codec.Ffmpeg;
import org.kakehashi.media.codec.NalUnits;
import org.kakehashi.media.rtp.H264Packetizer;

/** A camera that shows black, and white at given session times, in H.264. */
final class SimulatedCamera implements Conference.Participant, AutoCloseable {
  private final Source source;
  private final H264Packetizer packetizer =
      new H264Packetizer(UnpooledByteBufAllocator.DEFAULT, H264Packetizer.MAX_PAYLOAD);
  private final double rate;
  private final LongPredicate flashAt;
  private final AtomicBoolean keyWanted = new AtomicBoolean();
  private long interval;
  private Encoder encoder;
  private AVFrame frame;
  private long next = Long.MIN_VALUE;
  private long count;
  private long sequence = 50;
  private boolean present = true;
  private boolean answers = true;
  private int keyFrames;

  /**
   * @param fps frames a second, a divisor of 48,000
   * @param flashAt whether to be white in the frame that begins at this tick or up to 4800 later;
   *     asked for multiples of 4800
   */
  SimulatedCamera(
      Conference conference,
      String id,
      int width,
      int height,
      int fps,
      double ppm,
      LongPredicate flashAt) {
    source = new Source(id, Codec.H264, conference.clock, () -> keyWanted.set(true));
    rate = 1 + ppm / 1e6;
    this.interval = 48_000 / fps;
    this.flashAt = flashAt;
    resize(width, height);
  }

  Source source() {
    return source;
  }

  int keyFrames() {
    return keyFrames;
  }

  void present(boolean here) {
    present = here;
    keyWanted.set(true);
  }

  /** Whether it sends a key frame when asked to. */
  void answers(boolean requests) {
    answers = requests;
  }

  void fps(int framesPerSecond) {
    interval = 48_000 / framesPerSecond;
  }

  /** Goes on in another size, with a key frame. */
  void resize(int width, int height) {
    release();
    encoder = Encoder.h264(width, height, 15, 300_000, 100_000);
    frame = Ffmpeg.allocated(av_frame_alloc());
    frame.width(width).height(height).format(AV_PIX_FMT_YUV420P);
    av_frame_get_buffer(frame, 0);
    keyWanted.set(true);
  }

  @Override
  public void send(long now) {
    if (next == Long.MIN_VALUE) {
      next = now;
    }
    while (next <= now) {
      long time = next;
      count++;
      next += Math.round(interval / rate);
      if (count % 97 == 0 && rate != 1) {
        next += rate > 1 ? -1 : 1;
      }
      // A flash makes it look at once, as a camera of a variable rate would.
      long slot = Math.floorDiv(next, 4_800) * 4_800;
      if (slot > time && flashAt.test(slot)) {
        next = slot;
      }
      shoot(time);
    }
  }

  private void shoot(long time) {
    // The first frame at or after a flash's time is white, and the two after it.
    long since = Math.floorMod(time, 4_800);
    long slot = time - since;
    boolean white = false;
    for (long back = 0; back <= 2 * interval; back += 4_800) {
      white |= time - (slot - back) < 3 * interval && flashAt.test(slot - back);
    }
    av_frame_make_writable(frame);
    fill(0, white ? 235 : 16, frame.height());
    fill(1, 128, frame.height() / 2);
    fill(2, 128, frame.height() / 2);
    boolean key = keyWanted.get() && answers || count == 1;
    if (key) {
      keyWanted.set(false);
    }
    frame.pict_type(key ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE);
    frame.pts(time);
    encoder.encode(frame, packet -> publish(NalUnits.ofAnnexB(Ffmpeg.view(packet)), time));
  }

  private void fill(int plane, int value, int rows) {
    Pointer.memset(frame.data(plane), value, (long) frame.linesize(plane) * rows);
  }

  private void publish(List<ByteBuf> units, long time) {
    boolean key = units.stream().anyMatch(unit -> NalUnits.type(unit) == NalUnits.IDR);
    keyFrames += key ? 1 : 0;
    List<ByteBuf> payloads = packetizer.packetize(units);
    for (int i = 0; i < payloads.size(); i++) {
      boolean last = i == payloads.size() - 1;
      MediaPacket packet =
          new MediaPacket(
              payloads.get(i), sequence++, time, last, key && i == 0, MediaPacket.NO_LEVEL);
      if (present) {
        source.publish(packet);
      } else {
        packet.release();
      }
    }
  }

  private void release() {
    if (encoder != null) {
      encoder.close();
      av_frame_free(frame);
    }
  }

  @Override
  public void close() {
    release();
  }
}
