package org.kakehashi.server.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.kakehashi.server.live.LiveSession;
import org.kakehashi.server.live.Message;
import org.kakehashi.server.live.Sessions;
import org.kakehashi.server.problem.ProblemException;

/** Who hears what, per session and channel. Thread: the scrape's, which may wait. */
public final class SessionMetrics {
  private final Sessions sessions;
  private final MultiGauge listeners;
  private final MultiGauge reduced;
  private final MultiGauge running;

  /** Registers with {@code registry}; {@link #refresh} fills in the numbers. */
  public SessionMetrics(MeterRegistry registry, Sessions sessions) {
    this.sessions = sessions;
    this.listeners =
        MultiGauge.builder("kakehashi.listeners")
            .description("Media connections that hear a channel now")
            .register(registry);
    this.reduced =
        MultiGauge.builder("kakehashi.listeners.reduced")
            .description("Media connections sent less of the pictures than there is, as they take")
            .register(registry);
    this.running =
        MultiGauge.builder("kakehashi.sessions")
            .description("Sessions, by state")
            .register(registry);
    for (LiveSession session : sessions.all()) {
      FunctionCounter.builder("kakehashi.route.changes", session, LiveSession::routeChanges)
          .description("How often a channel has changed what it carries")
          .tag("session", session.id())
          .register(registry);
    }
  }

  /** Asks every session for its numbers; to be called before they are read. */
  public void refresh() {
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    List<MultiGauge.Row<?>> less = new ArrayList<>();
    int live = 0;
    int ended = 0;
    for (LiveSession session : sessions.all()) {
      if (session.state() == LiveSession.State.LIVE) {
        live++;
      } else {
        ended++;
      }
      for (Message.Route route : routes(session)) {
        rows.add(
            MultiGauge.Row.of(
                Tags.of("session", session.id(), "channel", route.channel()), route.listeners()));
      }
      reducedPictures(session)
          .forEach(
              (pictures, count) ->
                  less.add(
                      MultiGauge.Row.of(
                          Tags.of("session", session.id(), "pictures", pictures), count)));
    }
    listeners.register(rows, true);
    reduced.register(less, true);
    running.register(
        List.of(
            MultiGauge.Row.of(Tags.of("state", "live"), live),
            MultiGauge.Row.of(Tags.of("state", "ended"), ended)),
        true);
  }

  private static List<Message.Route> routes(LiveSession session) {
    return ask(() -> session.routing().channels(), List.of());
  }

  private static Map<String, Integer> reducedPictures(LiveSession session) {
    return ask(session::reducedPictures, Map.of());
  }

  private static <T> T ask(Supplier<T> question, T none) {
    try {
      return question.get();
    } catch (ProblemException stopping) {
      return none; // It is just being closed: it has no listeners.
    }
  }
}
