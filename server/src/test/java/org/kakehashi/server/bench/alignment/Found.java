package org.kakehashi.server.bench.alignment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.kakehashi.server.bench.Result;

/**
 * What a run has recorded.
 *
 * @param kind what the speaker connected with
 * @param segments of the live HLS, while the floor was forwarded
 * @param mp4 of the download, then too
 * @param mixed of the download, while a second microphone was open: a voice whose packets come late
 *     is heard late in a mix, up to 200 ms, so that no limit is set
 * @param sizes of the picture in the MP4, in order
 * @param lost clicks that are not there without a reason
 */
record Found(
    Speaker.Kind kind,
    Comparison segments,
    Comparison mp4,
    Comparison mixed,
    List<String> sizes,
    List<Comparison.Missing> lost) {
  /** The most that may be between what belongs together, in ms. */
  private static final double WITHIN = 20;

  /** What must not be; empty if all is well. */
  List<String> failures() {
    List<String> failures = new ArrayList<>();
    if (!(segments.worst() <= WITHIN) || !(mp4.worst() <= WITHIN)) {
      failures.add(
          String.format(
              Locale.ROOT,
              "%.1f ms apart in the segments, %.1f ms in the MP4",
              segments.worst(),
              mp4.worst()));
    }
    lost.forEach(each -> failures.add("not there: " + each));
    segments.extra().forEach(each -> failures.add("twice in the segments: " + each));
    mp4.extra().forEach(each -> failures.add("twice in the MP4: " + each));
    boolean resized =
        sizes.contains(AlignmentRun.SMALL + "") && sizes.contains(AlignmentRun.LARGE + "");
    if (kind == Speaker.Kind.OWN && !resized) {
      failures.add("the picture did not change its size: " + sizes);
    }
    return failures;
  }

  /** For people. */
  List<Result.Row> rows() {
    List<Result.Row> rows = new ArrayList<>();
    rows.add(new Result.Row("apart in the live segments", Comparison.range(segments.spreads())));
    rows.add(new Result.Row("apart in the MP4", Comparison.range(mp4.spreads())));
    rows.add(
        new Result.Row(
            "apart in the MP4, two microphones open", Comparison.range(mixed.spreads())));
    segments
        .delays()
        .forEach(
            (track, delays) ->
                rows.add(new Result.Row(track + " after the beat", Comparison.range(delays))));
    rows.add(new Result.Row("sizes of the picture", String.join(", ", sizes)));
    return rows;
  }
}
