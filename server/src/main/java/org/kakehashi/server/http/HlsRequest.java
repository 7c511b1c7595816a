package org.kakehashi.server.http;

import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.recording.Playlists.Delivery;
import org.kakehashi.media.recording.Segment;
import org.kakehashi.media.recording.Trim;
import org.kakehashi.server.people.Person;
import org.kakehashi.server.problem.ProblemType;
import org.kakehashi.server.replay.Cut;
import org.kakehashi.server.replay.Recorded;
import org.kakehashi.server.replay.RecordingAccess;

/**
 * A player's request for something of a recording, which it may play.
 *
 * @param full whether what was cut away is wanted too: chair and organiser, {@code ?full=1}
 */
record HlsRequest(RoutingContext context, Recorded recorded, boolean full) {

  /**
   * Finds the recording of the path, for who may play it.
   *
   * @throws org.kakehashi.server.problem.ProblemException 401, 403 or 404
   */
  static HlsRequest of(RoutingContext context, Replays replays, PlayerAccess players) {
    Recorded recorded =
        replays
            .catalogue()
            .find(context.pathParam("session"))
            .orElseThrow(RecordingAccess::noRecording);
    Optional<Person> who = players.who(context, recorded);
    RecordingAccess.requirePlay(who, recorded);
    boolean full = "1".equals(context.request().getParam("full"));
    if (full && !RecordingAccess.mayEdit(who, recorded)) {
      throw ProblemType.WRONG_ROLE
          .because("Only chair and organiser see what was cut away.")
          .asException();
    }
    return new HlsRequest(context, recorded, full);
  }

  /** What is shown; null for all. */
  @Nullable Cut cut() {
    return full || recorded.isLive() ? null : recorded.document().cut();
  }

  /** Whether a segment is shown at least in part. */
  boolean shows(Segment segment) {
    Cut cut = cut();
    if (cut == null) {
      return true;
    }
    Trim trim = cut.trim();
    return segment.end() > trim.start() && segment.start() < trim.end();
  }

  /** How playlists are to be written. */
  Delivery delivery(boolean skip) {
    Cut cut = cut();
    return new Delivery(skip, query(), cut == null ? Trim.NONE : cut.trim());
  }

  /** What is copied on to the addresses in playlists. */
  String query() {
    String token = context.request().getParam(PlayerAccess.PARAMETER);
    // A token that got this far is a JWT: nothing in it needs escaping.
    String query = (full ? "&full=1" : "") + (token == null ? "" : "&t=" + token);
    return query.isEmpty() ? "" : "?" + query.substring(1);
  }

  /** For how long, and by whom, an answer may be kept. */
  String caching(Duration kept, boolean immutable) {
    boolean everybody = !full && recorded.document().open() && RecordingAccess.isOpen(recorded);
    return (everybody ? "public" : "private")
        + ", max-age="
        + kept.toSeconds()
        + (immutable ? ", immutable" : "");
  }

  /** Names content that never changes in this recording. */
  String etag(String what) {
    return "\"" + Long.toHexString(recorded.media().startedAt().toEpochMilli()) + "-" + what + "\"";
  }
}
