package org.kakehashi.server.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.kakehashi.media.recording.Mp4Download;
import org.kakehashi.media.recording.Recording;
import org.kakehashi.media.recording.Track;
import org.kakehashi.server.people.Person;
import org.kakehashi.server.problem.ProblemType;
import org.kakehashi.server.replay.Recorded;
import org.kakehashi.server.replay.RecordingAccess;
import org.kakehashi.server.replay.Selections;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A recording as one file, written while it is sent. Thread: the request's, a virtual one, which
 * waits for the client.
 */
final class Downloads {
  private static final Logger LOG = LoggerFactory.getLogger(Downloads.class);
  private static final String SUFFIX = ".m4a";

  private final Replays replays;
  private final PlayerAccess players;
  private final Semaphore running;

  Downloads(Replays replays, PlayerAccess players) {
    this.replays = replays;
    this.players = players;
    this.running = new Semaphore(replays.settings().maxDownloads());
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.at("/api/recordings/{session}/download.mp4")
            .on(HttpMethod.GET, this::everything)
            .patient(),
        Endpoint.at("/api/recordings/{session}/download/{file}")
            .on(HttpMethod.GET, this::sound)
            .patient());
  }

  private void everything(RoutingContext context) {
    Recorded recorded = recorded(context);
    String channel =
        Optional.ofNullable(context.request().getParam("default"))
            .filter(name -> isSound(recorded.media(), name))
            .orElse("floor");
    send(
        context,
        recorded,
        "video/mp4",
        recorded.session() + ".mp4",
        new Selections(replays.views()).everything(recorded, channel));
  }

  private void sound(RoutingContext context) {
    Recorded recorded = recorded(context);
    String file = context.pathParam("file");
    String channel = file.endsWith(SUFFIX) ? file.substring(0, file.length() - 4) : "";
    if (!isSound(recorded.media(), channel)) {
      throw ProblemType.NO_SUCH_CHANNEL
          .because("There are: " + channels(recorded.media()) + ", as {channel}.m4a.")
          .asException();
    }
    send(
        context,
        recorded,
        "audio/mp4",
        recorded.session() + "-" + file,
        new Selections(replays.views()).sound(recorded, channel));
  }

  private Recorded recorded(RoutingContext context) {
    Recorded recorded =
        replays
            .catalogue()
            .find(context.pathParam("session"))
            .orElseThrow(RecordingAccess::noRecording);
    Optional<Person> who = players.who(context, recorded);
    RecordingAccess.requirePlay(who, recorded);
    if (recorded.isLive()) {
      throw ProblemType.CONFLICT
          .because("It can be downloaded once the session has ended.")
          .asException();
    }
    return recorded;
  }

  private void send(
      RoutingContext context,
      Recorded recorded,
      String type,
      String name,
      Mp4Download.Selection selection) {
    HttpServerResponse response =
        context
            .response()
            .putHeader(HttpHeaders.CONTENT_TYPE, type)
            .putHeader(HttpHeaders.CONTENT_ENCODING, HttpHeaders.IDENTITY)
            .putHeader(HttpHeaders.CACHE_CONTROL, Answers.NO_STORE)
            .putHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"");
    if (context.request().method().equals(HttpMethod.HEAD)) {
      response.end();
      return;
    }
    if (!running.tryAcquire()) {
      response.headers().remove(HttpHeaders.CONTENT_DISPOSITION);
      response.putHeader(HttpHeaders.RETRY_AFTER, "30");
      throw ProblemType.AT_CAPACITY
          .because("As many downloads as allowed are running: come back in half a minute.")
          .asException();
    }
    try (ResponseStream stream = new ResponseStream(response)) {
      Mp4Download.write(recorded.media(), selection, stream);
    } catch (IOException gone) {
      LOG.debug("The download of {} was broken off", recorded.session(), gone);
      response.reset();
    } finally {
      running.release();
    }
  }

  private static boolean isSound(Recording media, String channel) {
    return media.track(channel).filter(track -> track.info().isAudio()).isPresent();
  }

  private static String channels(Recording media) {
    return String.join(
        ", ",
        media.tracks().stream()
            .map(Track::info)
            .filter(info -> info.isAudio())
            .map(info -> info.name())
            .toList());
  }
}
