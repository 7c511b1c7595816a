package org.kakehashi.server.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.kakehashi.server.live.Connection;
import org.kakehashi.server.live.LiveSession;
import org.kakehashi.server.live.Sessions;
import org.kakehashi.server.people.Page;
import org.kakehashi.server.people.Person;
import org.kakehashi.server.people.Tokens;
import org.kakehashi.server.problem.ProblemException;
import org.kakehashi.server.problem.ProblemType;

/**
 * Who somebody is and whether that holds here, before a session is asked to do anything. Throws
 * {@link ProblemException}: 401 without a token that is good, 403 in another session, 404. What
 * each role may do there is the session's own decision.
 *
 * <p>A token is asked for before anything is said of what exists. Thread: any.
 */
final class Access {
  private static final String SCHEME = "Bearer ";

  /** Longer than an event; a page left open for longer is a new guest when it comes back. */
  private static final Duration GUEST = Duration.ofDays(7);

  private final Sessions sessions;
  private final Tokens tokens;
  private final RandomGenerator random;

  Access(Sessions sessions, Tokens tokens, RandomGenerator random) {
    this.sessions = sessions;
    this.tokens = tokens;
    this.random = random;
  }

  /** Somebody in a session. */
  record Admitted(Person person, LiveSession session) {}

  /** Somebody with a connection they may change. */
  record Owner(Person person, Connection connection) {}

  /** The person of the request's token, if it has one. */
  Optional<Person> person(RoutingContext context) {
    String header = context.request().getHeader(HttpHeaders.AUTHORIZATION);
    if (header == null) {
      return Optional.empty();
    }
    if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw ProblemType.BAD_TOKEN
          .because("Send the link's token as \"Authorization: Bearer …\".")
          .asException();
    }
    return Optional.of(tokens.verify(header.substring(SCHEME.length()).strip()));
  }

  /** The session of the path, for somebody whose token holds there; their role is its affair. */
  Admitted participant(RoutingContext context) {
    Person person = person(context).filter(known -> !known.guest()).orElseThrow(Access::noToken);
    LiveSession session = session(context.pathParam("session"));
    requireCovered(person, session);
    return new Admitted(person, session);
  }

  /** The session of the path, for anybody who may listen: with a token, or if it is public. */
  Admitted listener(RoutingContext context) {
    Optional<Person> person = person(context);
    return listener(person.orElse(null), context.pathParam("session"));
  }

  /** Whether {@code session} may be told of to somebody with this token, or with none. */
  boolean sees(Optional<Person> person, LiveSession session) {
    return session.plan().open()
        || person.filter(known -> !known.guest() && covers(known, session)).isPresent();
  }

  /** The connection of the path, for its owner or an organiser. */
  Owner owner(RoutingContext context, boolean publishes) {
    Optional<Person> known = person(context);
    Connection connection =
        sessions
            .connection(context.pathParam("connection"))
            .filter(found -> found.kind().publishes() == publishes)
            .orElseThrow(
                () ->
                    (known.isEmpty() && publishes
                            ? ProblemType.NO_TOKEN.because("Send the token it was made with.")
                            : ProblemType.NO_SUCH_CONNECTION.because(
                                "It has ended, or never was. Connect again."))
                        .asException());
    Person owner = connection.owner();
    if (known.isEmpty() && owner.guest()) {
      return new Owner(owner, connection); // Who knows the unguessable address is the owner.
    }
    Person person = known.orElseThrow(Access::noToken);
    requireCovered(person, connection.session());
    if (!person.mayChange(owner)) {
      throw ProblemType.NOT_YOURS
          .because("Only who opened this connection, or an organiser, may change it.")
          .asException();
    }
    return new Owner(person, connection);
  }

  /** Who opens {@code page} of a session by its socket. */
  Admitted page(@Nullable String token, String sessionId, Page page) {
    Person known = token == null ? null : tokens.verify(token);
    if (known == null && page != Page.ATTEND) {
      throw noToken();
    }
    Admitted admitted = listener(known, sessionId);
    if (!page.admits(admitted.person().role())) {
      throw ProblemType.WRONG_ROLE
          .because(
              "The role \"%s\" does not open this page. Ask the organiser for another link."
                  .formatted(admitted.person().role().id()))
          .asException();
    }
    return admitted;
  }

  private Admitted listener(@Nullable Person known, String sessionId) {
    if (known == null) {
      LiveSession session = session(sessionId);
      if (!session.plan().open()) {
        throw noToken();
      }
      return new Admitted(Person.guest(sessionId, random), session);
    }
    LiveSession session = session(sessionId);
    requireCovered(known, session);
    if (known.guest() && !session.plan().open()) {
      throw noToken();
    }
    return new Admitted(known, session);
  }

  /** What a guest presents from now on to be the same guest; null for who came with a link. */
  @Nullable String identity(Person person) {
    return person.guest() ? tokens.issue(person, GUEST) : null;
  }

  private LiveSession session(String id) {
    return sessions
        .find(id)
        .orElseThrow(
            () ->
                ProblemType.NO_SUCH_SESSION
                    .because("Check the link, or look in the programme at /.")
                    .asException());
  }

  private static void requireCovered(Person person, LiveSession session) {
    if (!covers(person, session)) {
      throw ProblemType.WRONG_ROLE
          .because("This token is for another session. Use the link of this one.")
          .asException();
    }
  }

  private static boolean covers(Person person, LiveSession session) {
    return person.scope().covers(session.plan().event().id(), session.id());
  }

  private static ProblemException noToken() {
    return ProblemType.NO_TOKEN
        .because("Send the token of your link as \"Authorization: Bearer …\".")
        .asException();
  }
}
