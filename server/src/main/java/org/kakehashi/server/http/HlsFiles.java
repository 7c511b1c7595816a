package org.kakehashi.server.http;

import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kakehashi.media.recording.Segment;
import org.kakehashi.media.recording.Track;
import org.kakehashi.server.metrics.HlsMetrics;
import org.kakehashi.server.metrics.HlsMetrics.Kind;
import org.kakehashi.server.problem.ProblemException;
import org.kakehashi.server.problem.ProblemType;
import org.kakehashi.server.replay.RecordingEdits;
import org.kakehashi.server.replay.WebVtt;

/**
 * Segments, parts, initialization sections; captions and poster. Parts of the live edge come from
 * memory, all else from files. Thread: the request's, a virtual one.
 */
final class HlsFiles {
  private static final Pattern MEDIA =
      Pattern.compile(
          "init(?:-(?<init>\\d{1,6}))?\\.mp4|(?<segment>\\d{1,9})(?:\\.(?<part>\\d{1,4}))?\\.m4s");
  private static final Duration SHORT = Duration.ofSeconds(10);

  private final HlsMetrics metrics;
  private final HlsWaiting waiting;
  private final Duration kept;

  /**
   * @param kept how long caches keep what does not change
   */
  HlsFiles(HlsMetrics metrics, HlsWaiting waiting, Duration kept) {
    this.metrics = metrics;
    this.waiting = waiting;
    this.kept = kept;
  }

  void media(HlsRequest request, Track track, String file) {
    Matcher name = MEDIA.matcher(file);
    if (!name.matches()) {
      throw nothingHere();
    }
    try {
      if (name.group("segment") == null) {
        String init = name.group("init");
        init(request, track, init == null ? 1 : Integer.parseInt(init));
      } else if (name.group("part") == null) {
        segment(request, track, Long.parseLong(name.group("segment")));
      } else {
        part(
            request,
            track,
            Long.parseLong(name.group("segment")),
            Integer.parseInt(name.group("part")));
      }
    } catch (NoSuchFileException gone) {
      throw nothingHere();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void init(HlsRequest request, Track track, int number) throws IOException {
    byte[] bytes = track.init(number).orElseThrow(HlsFiles::nothingHere);
    send(request, track, "i" + number, bytes, Kind.INIT);
  }

  private void segment(HlsRequest request, Track track, long number) {
    awaitNext(request, track, number, -1);
    Track.Snapshot now = track.snapshot();
    if (number < 1 || number > now.segments().size()) {
      throw nothingHere();
    }
    Segment segment = now.segments().get((int) number - 1);
    requireShown(request, segment);
    long sent =
        describe(request, track, number + "-" + segment.length())
            .file(request.context(), track.file(number), segment.length());
    metrics.sent(Kind.SEGMENT, sent);
  }

  private void part(HlsRequest request, Track track, long number, int part) throws IOException {
    awaitNext(request, track, number, part);
    requireShown(request, track.snapshot().segment(number).orElseThrow(HlsFiles::nothingHere));
    byte[] bytes = track.part(number, part).orElseThrow(HlsFiles::nothingHere);
    send(request, track, number + "." + part, bytes, Kind.PART);
  }

  /** What a preload hint promised may be asked for before it is there; nothing later. */
  private void awaitNext(HlsRequest request, Track track, long number, int part) {
    Track.Snapshot now = track.snapshot();
    if (now.ended() || !request.recorded().isLive() || number < now.nextSegment()) {
      return;
    }
    boolean hinted =
        number == now.nextSegment() && part <= now.nextPart()
            || number == now.nextSegment() + 1 && part == 0;
    if (!hinted) {
      throw nothingHere();
    }
    waiting.until(request.context(), track, number, part);
  }

  private static void requireShown(HlsRequest request, Segment segment) {
    if (!request.shows(segment)) {
      throw nothingHere();
    }
  }

  private void send(HlsRequest request, Track track, String what, byte[] bytes, Kind kind) {
    metrics.sent(kind, describe(request, track, what).bytes(request.context(), bytes));
  }

  private Sent describe(HlsRequest request, Track track, String what) {
    return new Sent(
        track.info().isAudio() ? "audio/mp4" : "video/mp4",
        request.caching(kept, true),
        request.etag(track.info().name() + "-" + what));
  }

  void captions(HlsRequest request, String language) {
    Path file = RecordingEdits.captionsFile(request.recorded(), language);
    try {
      byte[] text =
          WebVtt.read(Files.readAllBytes(file))
              .write(request.cut())
              .getBytes(StandardCharsets.UTF_8);
      Answers.send(
          request.context(),
          "text/vtt; charset=utf-8",
          request.caching(SHORT, false),
          io.vertx.core.buffer.Buffer.buffer(text));
      metrics.sent(Kind.OTHER, text.length);
    } catch (NoSuchFileException gone) {
      throw nothingHere();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  void poster(HlsRequest request) {
    Long version = request.recorded().document().poster();
    if (version == null) {
      throw nothingHere();
    }
    Path file = RecordingEdits.posterFile(request.recorded());
    RoutingContext context = request.context();
    try {
      long sent =
          new Sent("image/jpeg", request.caching(SHORT, false), "\"poster-" + version + "\"")
              .bytes(context, Files.readAllBytes(file));
      metrics.sent(Kind.OTHER, sent);
    } catch (NoSuchFileException gone) {
      throw nothingHere();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  static ProblemException nothingHere() {
    return ProblemType.NOT_FOUND
        .because("The recording has nothing at this address, or nothing that is shown.")
        .asException();
  }
}
