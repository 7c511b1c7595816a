package org.kakehashi.media.recording;

import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_I;
import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_NONE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.kakehashi.media.audio.OpusEncoder;
import org.kakehashi.media.audio.OpusSettings;
import org.kakehashi.media.channel.Codec;
import org.kakehashi.media.channel.MediaPacket;
import org.kakehashi.media.channel.Source;
import org.kakehashi.media.codec.Encoder;
import org.kakehashi.media.codec.Ffmpeg;
import org.kakehashi.media.codec.NalUnits;
import org.kakehashi.media.rtp.H264Packetizer;

/**
 * What recording a session costs: one 720p picture passed through, slides that nobody shows, and
 * four channels with sound all the time. Time is simulated, the work is real; what is counted is
 * the processor time of the recorder's thread alone.
 */
final class RecordingBench {
  private static final int SECONDS = 60;
  private static final int GROUP = 50;

  private RecordingBench() {}

  /** Argument: where to write {@code recording.json}. */
  public static void main(String[] args) throws IOException {
    double[] shares = new double[3];
    long bytes = 0;
    Group group = new Group();
    for (int i = 0; i < shares.length; i++) {
      Path folder = Files.createTempDirectory("recording-bench");
      try {
        Result result = measure(folder, group);
        shares[i] = result.share;
        bytes = result.bytes;
      } finally {
        delete(folder);
      }
    }
    double last = shares[shares.length - 1];
    String json =
        String.format(
            Locale.ROOT,
            "{\"seconds\":%d,\"share_of_a_core\":[%.4f,%.4f,%.4f],\"bytes\":%d}%n",
            SECONDS,
            shares[0],
            shares[1],
            shares[2],
            bytes);
    Files.writeString(Path.of(args[0], "recording.json"), json);
    System.out.printf(
        Locale.ROOT,
        "%nrecording: one picture passed through, four channels, %d s%n"
            + "  processor, rounds 1 to 3   %.1f %%  %.1f %%  %.1f %% of a core%n"
            + "  written                    %.2f Mbit/s%n",
        SECONDS,
        shares[0] * 100,
        shares[1] * 100,
        shares[2] * 100,
        bytes * 8 / 1e6 / SECONDS);
    if (last > 0.12) {
      System.out.println("  More than 12 % of a core.");
      System.exit(1);
    }
  }

  private record Result(double share, long bytes) {}

  private static Result measure(Path folder, Group group) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    try (Conference conference = new Conference("de", "fr", "ja")) {
      for (String channel : List.of("floor", "de", "fr", "ja")) {
        Talker talker = conference.join(new Talker(conference, channel));
        conference.feed(channel, talker.source);
      }
      Camera camera = conference.join(new Camera(conference, group));
      conference.session.picture().show(camera.source);
      Recorder recorder = conference.record(folder, RecordingSettings.standard());
      long spent = 0;
      for (int i = 0; i < SECONDS * 50; i++) {
        conference.run(Duration.ofMillis(20));
        long before = threads.getCurrentThreadCpuTime();
        recorder.step();
        spent += threads.getCurrentThreadCpuTime() - before;
      }
      recorder.finish();
      return new Result(spent / 1e9 / SECONDS, recorder.recording().bytes());
    }
  }

  /** Speaks without a pause: noise shaped like syllables. */
  private static final class Talker implements Conference.Participant {
    private final Source source;
    private final List<byte[]> packets = new ArrayList<>();
    private long sequence;

    Talker(Conference conference, String id) {
      source = new Source("talker-" + id, Codec.OPUS, conference.clock);
      Random random = new Random(id.hashCode());
      try (OpusEncoder encoder = new OpusEncoder(OpusSettings.speech())) {
        float[] pcm = new float[960];
        for (int i = 0; i < 200; i++) {
          for (int s = 0; s < pcm.length; s++) {
            double t = (i * 960 + s) / 48_000.0;
            double syllable = Math.abs(Math.sin(2 * Math.PI * 2 * t));
            double voice = Math.sin(2 * Math.PI * 150 * t) + 0.5 * Math.sin(2 * Math.PI * 900 * t);
            pcm[s] = (float) (0.2 * syllable * (voice + 0.2 * random.nextGaussian()));
          }
          ByteBuf out = Unpooled.buffer(OpusEncoder.MAX_PACKET);
          encoder.encode(pcm, pcm.length, out);
          byte[] packet = new byte[out.readableBytes()];
          out.readBytes(packet);
          packets.add(packet);
        }
      }
    }

    @Override
    public void send(long now) {
      byte[] packet = packets.get((int) (sequence % packets.size()));
      source.publish(
          new MediaPacket(
              Unpooled.wrappedBuffer(packet), sequence++, now - 1_500, false, true, -20));
    }
  }

  /** Two seconds of a moving 720p picture with grain, about 2 Mbit/s. */
  private static final class Group {
    private final List<List<byte[]>> frames = new ArrayList<>();

    Group() {
      H264Packetizer packetizer =
          new H264Packetizer(UnpooledByteBufAllocator.DEFAULT, H264Packetizer.MAX_PAYLOAD);
      byte[] texture = new byte[2_000 * 720];
      new Random(1).nextBytes(texture);
      AVFrame frame = av_frame_alloc();
      frame.width(1_280).height(720).format(AV_PIX_FMT_YUV420P);
      av_frame_get_buffer(frame, 0);
      try (Encoder encoder = Encoder.h264(1_280, 720, 25, 2_000_000, 10_000)) {
        for (int i = 0; i < GROUP; i++) {
          av_frame_make_writable(frame);
          for (int y = 0; y < 720; y++) {
            byte[] row = new byte[1_280];
            for (int x = 0; x < row.length; x++) {
              row[x] = (byte) (100 + (texture[y / 4 * 2_000 + (x + i * 4) / 4] & 0x3F));
            }
            frame.data(0).position((long) y * frame.linesize(0)).put(row);
          }
          frame.data(0).position(0);
          frame.pict_type(i == 0 ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE);
          frame.pts(i * 1_920L);
          encoder.encode(
              frame,
              packet ->
                  frames.add(
                      packetizer.packetize(NalUnits.ofAnnexB(Ffmpeg.view(packet))).stream()
                          .map(io.netty.buffer.ByteBufUtil::getBytes)
                          .toList()));
        }
      }
      av_frame_free(frame);
    }
  }

  private static final class Camera implements Conference.Participant {
    private final Source source;
    private final Group group;
    private long sequence;
    private long count;
    private boolean even;

    Camera(Conference conference, Group group) {
      source = new Source("camera", Codec.H264, conference.clock);
      this.group = group;
    }

    @Override
    public void send(long now) {
      even = !even;
      if (even) {
        return; // 25 frames a second in steps of 20 ms.
      }
      int index = (int) (count++ % group.frames.size());
      List<byte[]> payloads = group.frames.get(index);
      for (int i = 0; i < payloads.size(); i++) {
        boolean last = i == payloads.size() - 1;
        source.publish(
            new MediaPacket(
                Unpooled.wrappedBuffer(payloads.get(i)),
                sequence++,
                now,
                last,
                index == 0 && i == 0,
                MediaPacket.NO_LEVEL));
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
