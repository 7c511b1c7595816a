package org.kakehashi.server.http;

import io.vertx.core.http.Cookie;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import org.kakehashi.server.people.Person;
import org.kakehashi.server.people.Tokens;
import org.kakehashi.server.problem.ProblemException;
import org.kakehashi.server.replay.Recorded;
import org.kakehashi.server.replay.RecordingAccess;

/**
 * Who plays a recording: by a link's token as bearer, a player's token in the address ({@code
 * ?t=}), or a player's cookie. Thread: any.
 */
final class PlayerAccess {
  /** The cookie's name. */
  static final String COOKIE = "kakehashi-hls";

  /** The parameter's name. */
  static final String PARAMETER = "t";

  private final Tokens tokens;
  private final Access access;

  PlayerAccess(Tokens tokens, Access access) {
    this.tokens = tokens;
    this.access = access;
  }

  /**
   * The person, as far as this recording goes.
   *
   * @throws ProblemException 401 for a token, other than a cookie's, that is not good
   */
  Optional<Person> who(RoutingContext context, Recorded recorded) {
    Optional<Person> bearer = access.person(context);
    if (bearer.isPresent()) {
      return bearer;
    }
    String parameter = context.request().getParam(PARAMETER);
    return parameter == null
        ? byCookie(context, recorded)
        : Optional.of(tokens.verifyForPlayer(parameter));
  }

  /** A browser may hold the cookies of several links: the one that opens this counts. */
  private Optional<Person> byCookie(RoutingContext context, Recorded recorded) {
    Optional<Person> found = Optional.empty();
    for (Cookie cookie : context.request().cookies(COOKIE)) {
      Optional<Person> person = verified(cookie.getValue());
      if (RecordingAccess.mayEdit(person, recorded)) {
        return person;
      }
      if (found.isEmpty() || RecordingAccess.maySee(person, recorded)) {
        found = person;
      }
    }
    return found;
  }

  /** A cookie that has run out is like none: public sessions are played all the same. */
  private Optional<Person> verified(String token) {
    try {
      return Optional.of(tokens.verifyForPlayer(token));
    } catch (ProblemException expired) {
      return Optional.empty();
    }
  }
}
