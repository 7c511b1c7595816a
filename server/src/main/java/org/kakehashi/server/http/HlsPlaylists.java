package org.kakehashi.server.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.recording.Playlists;
import org.kakehashi.media.recording.Playlists.Delivery;
import org.kakehashi.media.recording.Recording;
import org.kakehashi.media.recording.Track;
import org.kakehashi.server.metrics.HlsMetrics;
import org.kakehashi.server.problem.ProblemException;
import org.kakehashi.server.problem.ProblemType;
import org.kakehashi.server.replay.Tracks;

/**
 * Playlists, with blocking reload (RFC 8216bis, section 6.2.5.2). Everybody who waits for a part is
 * sent the same text, written and compressed once. Thread: the request's, a virtual one.
 */
final class HlsPlaylists {
  /** Media type of a playlist. */
  static final String TYPE = "application/vnd.apple.mpegurl";

  private static final int CACHED = 512;
  private static final int GZIP_FROM = 1024;

  private final HlsMetrics metrics;
  private final HlsWaiting waiting;
  private final Map<Wanted, Slot> slots =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Wanted, Slot> eldest) {
          return size() > CACHED;
        }
      };

  /** Tracks are compared by identity: a recording begun anew has others. */
  private record Wanted(Track track, Delivery delivery) {}

  /** The text as of one moment of a track. */
  private static final class Slot {
    Track.@Nullable Snapshot of;
    @Nullable Text text;
  }

  private record Text(byte[] plain, byte[] gzip) {}

  HlsPlaylists(HlsMetrics metrics, HlsWaiting waiting) {
    this.metrics = metrics;
    this.waiting = waiting;
  }

  void multivariant(HlsRequest request) {
    Recording media = request.recorded().media();
    if (!media.isPlayable()) {
      throw HlsWaiting.nothingYet(request.context(), "Nothing is recorded yet.");
    }
    seen(request);
    String text =
        Playlists.multivariant(
            media,
            Tracks.names(media),
            request.recorded().isLive() ? List.of() : Tracks.captions(request.recorded()),
            "floor",
            request.delivery(false));
    send(request, text(text), Duration.ofSeconds(request.recorded().isLive() ? 2 : 10));
  }

  void captions(HlsRequest request, String language) {
    String text =
        Playlists.captions(
            request.recorded().media(), Tracks.captions(language), request.delivery(false));
    send(request, text(text), Duration.ofSeconds(10));
  }

  void media(HlsRequest request, Track track) {
    RoutingContext context = request.context();
    Long msn = number(context, "_HLS_msn");
    Long part = number(context, "_HLS_part");
    if (part != null && msn == null) {
      throw malformed("_HLS_part needs _HLS_msn.");
    }
    Recording media = request.recorded().media();
    boolean live = media.isLive() && request.recorded().isLive();
    boolean blocking = live && msn != null;
    if (live && msn != null) {
      requireNear(track, msn, part);
      waiting.until(context, track, msn, part == null ? -1 : Math.toIntExact(part));
    }
    seen(request);
    String skip = context.request().getParam("_HLS_skip");
    boolean delta = media.isLive() && ("YES".equals(skip) || "v2".equals(skip));
    Duration kept =
        blocking
            ? Duration.ofSeconds(6L * track.targetSeconds()) // As appendix B.1 has it.
            : media.isLive() ? Duration.ofSeconds(1) : Duration.ofSeconds(10);
    send(request, text(request, media, track, request.delivery(delta)), kept);
  }

  private Text text(HlsRequest request, Recording media, Track track, Delivery delivery) {
    if (!delivery.query().isEmpty()) { // Different for each viewer.
      return text(Playlists.media(media, track, delivery));
    }
    Slot slot;
    synchronized (slots) {
      slot = slots.computeIfAbsent(new Wanted(track, delivery), wanted -> new Slot());
    }
    synchronized (slot) {
      Track.Snapshot now = track.snapshot();
      Text text = slot.text;
      if (text == null || slot.of != now) {
        text = text(Playlists.media(media, track, delivery));
        slot.of = now;
        slot.text = text;
      }
      return text;
    }
  }

  /** Refuses what is too far ahead to wait for. */
  private static void requireNear(Track track, long msn, @Nullable Long part) {
    Track.Snapshot now = track.snapshot();
    long last = now.open() == null ? now.segments().size() : now.open().number();
    if (msn > last + 2) {
      throw malformed("_HLS_msn is more than two ahead: the last is " + last + ".");
    }
    long ahead = Math.max(3, (long) Math.ceil(3.0 * 48_000 / track.partTarget()));
    if (part != null
        && (part > 10_000 || msn >= now.nextSegment() && part > now.nextPart() + ahead)) {
      throw malformed("_HLS_part is too far ahead.");
    }
  }

  private static @Nullable Long number(RoutingContext context, String name) {
    String text = context.request().getParam(name);
    if (text == null) {
      return null;
    }
    if (!text.matches("\\d{1,12}")) {
      throw malformed(name + " must be a whole number.");
    }
    return Long.valueOf(text);
  }

  private void send(HlsRequest request, Text text, Duration kept) {
    RoutingContext context = request.context();
    CRC32C sum = new CRC32C();
    sum.update(text.plain);
    HttpServerResponse response =
        context
            .response()
            .putHeader(HttpHeaders.CONTENT_TYPE, TYPE)
            .putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
    Sent sent =
        new Sent(
            TYPE,
            request.caching(kept, false),
            "W/\"%s-%x\"".formatted(text.plain.length, sum.getValue()));
    metrics.sent(HlsMetrics.Kind.PLAYLIST, text.gzip.length);
    if (sent.isKnown(context)) {
      return;
    }
    String accepted = context.request().getHeader(HttpHeaders.ACCEPT_ENCODING);
    boolean gzip = accepted != null && accepted.contains("gzip") && text.plain.length >= GZIP_FROM;
    response.putHeader(HttpHeaders.CONTENT_ENCODING.toString(), gzip ? "gzip" : "identity");
    byte[] body = gzip ? text.gzip : text.plain;
    if (context.request().method().equals(HttpMethod.HEAD)) {
      response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length)).end();
    } else {
      response.end(Buffer.buffer(body));
    }
  }

  private void seen(HlsRequest request) {
    RoutingContext context = request.context();
    metrics.seen(
        request.recorded().session()
            + " "
            + Caller.of(context).address().getHostAddress()
            + " "
            + context.request().getHeader(HttpHeaders.USER_AGENT));
  }

  private static Text text(String playlist) {
    byte[] plain = playlist.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(plain.length / 4 + 64);
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return new Text(plain, bytes.toByteArray());
  }

  private static ProblemException malformed(String detail) {
    return ProblemType.MALFORMED.because(detail).asException();
  }
}
