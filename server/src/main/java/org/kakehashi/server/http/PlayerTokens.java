package org.kakehashi.server.http;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.List;
import org.kakehashi.server.people.Person;
import org.kakehashi.server.people.Scope;
import org.kakehashi.server.people.Tokens;
import org.kakehashi.server.problem.ProblemType;

/** Gives players what they read with, to whoever has a link. Thread: the request's. */
final class PlayerTokens {
  private final Tokens tokens;
  private final Access access;
  private final Replays replays;

  PlayerTokens(Tokens tokens, Access access, Replays replays) {
    this.tokens = tokens;
    this.access = access;
    this.replays = replays;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.at("/api/hls-cookie").on(HttpMethod.POST, this::cookie),
        Endpoint.at("/api/hls-token").on(HttpMethod.POST, this::token));
  }

  private record Token(String token, Instant expiresAt) {}

  private void cookie(RoutingContext context) {
    Person person = person(context);
    String path =
        person.scope() instanceof Scope.OneSession(String session) ? "/hls/" + session : "/hls";
    Cookie cookie =
        Cookie.cookie(PlayerAccess.COOKIE, issue(person))
            .setPath(path)
            .setMaxAge(replays.settings().playersRead().toSeconds())
            .setHttpOnly(true)
            .setSameSite(CookieSameSite.STRICT)
            .setSecure(Caller.of(context).secure());
    context
        .response()
        .putHeader(HttpHeaders.CACHE_CONTROL, Answers.NO_STORE)
        .putHeader(HttpHeaders.SET_COOKIE, cookie.encode())
        .setStatusCode(204)
        .end();
  }

  private void token(RoutingContext context) {
    Person person = person(context);
    Answers.json(
        context,
        new Token(issue(person), replays.clock().instant().plus(replays.settings().playersRead())));
  }

  private String issue(Person person) {
    return tokens.issueForPlayer(person, replays.settings().playersRead());
  }

  private Person person(RoutingContext context) {
    return access
        .person(context)
        .orElseThrow(
            () ->
                ProblemType.NO_TOKEN
                    .because("Send the token of your link as \"Authorization: Bearer …\".")
                    .asException());
  }
}
