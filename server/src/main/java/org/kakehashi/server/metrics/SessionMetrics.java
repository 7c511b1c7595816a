package org.kakehashi.server.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import org.kakehashi.server.live.LiveSession;
import org.kakehashi.server.live.Message;
import org.kakehashi.server.live.Sessions;
import org.kakehashi.server.problem.ProblemException;

/** Who hears what, per session and channel. Thread: the scrape's, which may wait. */
public final class SessionMetrics {
  private final Sessions sessions;
  private final MultiGauge listeners;
  private final MultiGauge running;

  /** Registers with {@code registry}; {@link #refresh} fills in the numbers. */
  public SessionMetrics(MeterRegistry registry, Sessions sessions) {
    this.sessions = sessions;
    this.listeners =
        MultiGauge.builder("kakehashi.listeners")
            .description("Media connections that hear a channel now")
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
    }
    listeners.register(rows, true);
    running.register(
        List.of(
            MultiGauge.Row.of(Tags.of("state", "live"), live),
            MultiGauge.Row.of(Tags.of("state", "ended"), ended)),
        true);
  }

  private static List<Message.Route> routes(LiveSession session) {
    try {
      return session.routing().channels();
    } catch (ProblemException stopping) {
      return List.of(); // It is just being closed: it has no listeners.
    }
  }
}
