package org.kakehashi.server.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.audio.OpusEncoder;
import org.kakehashi.media.audio.OpusSettings;

/**
 * How much later a speaker is heard when a second microphone is open, so that the floor is mixed
 * instead of forwarded; and what a tick of the mixer costs.
 *
 * @param seconds how long, each way
 */
record Mixing(int seconds) {
  private static final int SSRC = 1;
  private static final int FRAMES_PER_SECOND = 50;
  private static final int SETTLE_SECONDS = 4;

  Result run(MediaApi api, Venue venue) {
    try (var first = api.publish("floor?language=fr", venue.speaker("first"), SSRC)) {
      Microphone bleeping = new Microphone(first, SSRC);
      Delays forwarded = listen(api, bleeping, null);
      try (var second = api.publish("floor?language=fr", venue.speaker("second"), SSRC + 1)) {
        Metrics before = Metrics.of(api);
        Delays mixed = listen(api, bleeping, new Microphone(second, SSRC + 1));
        return result(forwarded, mixed, before, Metrics.of(api));
      }
    }
  }

  private Delays listen(MediaApi api, Microphone first, @Nullable Microphone second) {
    try (Bleeps bleeps = new Bleeps();
        OpusEncoder quiet = new OpusEncoder(OpusSettings.speech());
        var listener = api.listen("floor", bleeps::hear)) {
      float[] silence = new float[960];
      int frames = (SETTLE_SECONDS + seconds) * FRAMES_PER_SECOND;
      Pace.every(
          Microphone.FRAME,
          frames,
          i -> {
            if (i == SETTLE_SECONDS * FRAMES_PER_SECOND) {
              bleeps.restart();
            }
            if (second != null) {
              ByteBuf packet = Unpooled.buffer(OpusEncoder.MAX_PACKET);
              quiet.encode(silence, silence.length, packet);
              second.send(packet);
            }
            first.send(bleeps.frame(i));
          });
      return bleeps.delays();
    }
  }

  private Result result(Delays forwarded, Delays mixed, Metrics before, Metrics after) {
    double ticks = grown("kakehashi_audio_ticks", before, after);
    double busy = grown("kakehashi_audio_busy_seconds", before, after);
    double added = mixed.millis(0.5) - forwarded.millis(0.5);
    double micros = 1e6 * busy / ticks;
    return new Result(
        "mixing",
        List.of(
            new Result.Row("speaker to decoded sound, one microphone (forwarded)", forwarded + ""),
            new Result.Row("speaker to decoded sound, two microphones (mixed)", mixed + ""),
            new Result.Row("added by the mixer, median", ms(added)),
            new Result.Row(
                "processor time of a tick, two microphones",
                String.format(Locale.ROOT, "%.0f µs (%.2f%% of a core)", micros, micros / 200))),
        Map.of(
            "unit",
            "ms",
            "forwarded",
            forwarded.json(),
            "mixed",
            mixed.json(),
            "addedMedian",
            added,
            "ticks",
            ticks,
            "tickMicros",
            micros,
            "overruns",
            grown("kakehashi_audio_overruns", before, after),
            "skipped",
            grown("kakehashi_audio_skipped", before, after)),
        List.of());
  }

  private static double grown(String name, Metrics before, Metrics after) {
    return after.sum(name + "_total") - before.sum(name + "_total");
  }

  private static String ms(double value) {
    return String.format(Locale.ROOT, "%.1f ms", value);
  }
}
