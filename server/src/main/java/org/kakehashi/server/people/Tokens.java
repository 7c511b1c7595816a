package org.kakehashi.server.people;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kakehashi.server.problem.ProblemException;
import org.kakehashi.server.problem.ProblemType;

/**
 * Makes and reads the signed tokens that say who somebody is (JWT, RFC 7519; HS256 only). A token
 * is self-contained: nothing about it is stored.
 *
 * <pre>
 *   { "iss":"kakehashi", "aud":"kakehashi", "sub":"p-12", "name":"Aiko", "role":"interpreter",
 *     "session":"plenary" | "event":"summit", "booth":"fr-ja", "languages":["fr","ja"],
 *     "guest":true,                                             only a guest's
 *     "iat":…, "exp":… }                                        seconds since 1970
 * </pre>
 *
 * <p>A player's token says the same of the same person under another {@code aud}, and not for long:
 * it stands in addresses and a cookie, and opens nothing but what is played.
 *
 * <p>Threads: any; nothing blocks.
 */
public final class Tokens {
  private static final String NAME = "kakehashi";
  private static final String PLAYER = "kakehashi-player";
  private static final String ALGORITHM = "HS256";
  private static final String GUEST = "guest";

  /** Longer than any token made here; what is longer is not even decoded. */
  private static final int MAX_LENGTH = 4096;

  private static final int MAX_TEXT = 200;
  private static final int MAX_LANGUAGES = 20;

  private final JWTAuth jwt;
  private final JWTAuth players;
  private final InstantSource clock;

  /**
   * @param vertx whose JSON and crypto are used; no thread of it is
   * @param key signs and verifies
   * @param clock decides what has expired
   */
  public Tokens(Vertx vertx, SigningKey key, InstantSource clock) {
    this.clock = clock;
    this.jwt = auth(vertx, key, NAME);
    this.players = auth(vertx, key, PLAYER);
  }

  private static JWTAuth auth(Vertx vertx, SigningKey key, String audience) {
    // The one key registered is for the one algorithm: a token that names another, or none, finds
    // no key (RFC 8725, section 3.1). Expiry is checked here, by the clock given.
    return JWTAuth.create(
        vertx,
        new JWTAuthOptions()
            .addJwk(
                new JsonObject()
                    .put("kty", "oct")
                    .put("alg", ALGORITHM)
                    .put("use", "sig")
                    .put("k", key.base64Url()))
            .setJWTOptions(
                new JWTOptions()
                    .setAlgorithm(ALGORITHM)
                    .setIssuer(NAME)
                    .addAudience(audience)
                    .setIgnoreExpiration(true)
                    .setNoTimestamp(true)));
  }

  /**
   * A token for {@code person}, valid from now. A guest's says no more than that two connections
   * are the same guest's.
   *
   * @param validity how long; at least a second
   */
  public String issue(Person person, Duration validity) {
    return issue(jwt, NAME, person, validity);
  }

  /**
   * A token with which a player reads what {@code person} may hear and see, and nothing else.
   *
   * @param validity how long; at least a second
   */
  public String issueForPlayer(Person person, Duration validity) {
    return issue(players, PLAYER, person, validity);
  }

  private String issue(JWTAuth with, String audience, Person person, Duration validity) {
    long now = clock.instant().getEpochSecond();
    JsonObject claims =
        new JsonObject()
            .put("sub", person.id())
            .put("name", person.name())
            .put("role", person.role().id())
            .put("iat", now)
            .put("exp", now + validity.toSeconds());
    switch (person.scope()) {
      case Scope.OneSession(String session) -> claims.put("session", session);
      case Scope.WholeEvent(String event) -> claims.put("event", event);
    }
    person.booth().ifPresent(booth -> claims.put("booth", booth));
    if (person.guest()) {
      claims.put(GUEST, true);
    }
    if (!person.languages().isEmpty()) {
      claims.put("languages", new JsonArray(person.languages()));
    }
    return with.generateToken(
        claims,
        new JWTOptions()
            .setAlgorithm(ALGORITHM)
            .setIssuer(NAME)
            .addAudience(audience)
            .setNoTimestamp(true));
  }

  /**
   * The person a token speaks of.
   *
   * @param token as it came; anything may be in it
   * @throws ProblemException {@link ProblemType#BAD_TOKEN} if it was not made here, has expired, or
   *     does not say who may do what
   */
  public Person verify(String token) {
    return verify(jwt, token);
  }

  /**
   * The person a player's token speaks of; a link's token is none.
   *
   * @throws ProblemException {@link ProblemType#BAD_TOKEN}
   */
  public Person verifyForPlayer(String token) {
    return verify(players, token);
  }

  private Person verify(JWTAuth with, String token) {
    JsonObject claims = claims(with, token);
    Long expires = number(claims, "exp");
    if (expires == null || clock.instant().getEpochSecond() >= expires) {
      throw bad("The link has expired. Ask the organiser for a new one.");
    }
    String id = text(claims, "sub");
    String name = text(claims, "name");
    String role = text(claims, "role");
    if (id == null || id.isEmpty() || name == null || role == null) {
      throw bad("The token does not say who it is for.");
    }
    return new Person(
        id,
        name,
        Role.of(role).orElseThrow(() -> bad("The token names a role that does not exist.")),
        scope(claims),
        text(claims, "booth"),
        languages(claims),
        Boolean.TRUE.equals(claims.getValue(GUEST)));
  }

  private static JsonObject claims(JWTAuth with, String token) {
    if (token.length() <= MAX_LENGTH) {
      try {
        Future<JsonObject> answer =
            with.authenticate(new TokenCredentials(token))
                .map(user -> user.attributes().getJsonObject("accessToken"));
        // Already complete: verifying a signature is no I/O.
        if (answer.succeeded()) {
          return answer.result();
        }
      } catch (RuntimeException e) {
        // Some malformed tokens make the decoder throw instead of failing; the answer is the same.
      }
    }
    throw bad(
        "The link is damaged or was made by another server. Ask the organiser for a new one.");
  }

  private static Scope scope(JsonObject claims) {
    String session = text(claims, "session");
    String event = text(claims, "event");
    if (session != null && event == null) {
      return new Scope.OneSession(session);
    }
    if (event != null && session == null) {
      return new Scope.WholeEvent(event);
    }
    throw bad("The token does not say for which session or event it is.");
  }

  private static List<String> languages(JsonObject claims) {
    List<String> languages = new ArrayList<>();
    if (claims.getValue("languages") instanceof JsonArray array && array.size() <= MAX_LANGUAGES) {
      for (Object language : array) {
        if (language instanceof String tag && tag.length() <= MAX_TEXT) {
          languages.add(tag);
        }
      }
    }
    return languages;
  }

  private static @Nullable String text(JsonObject claims, String name) {
    return claims.getValue(name) instanceof String text && text.length() <= MAX_TEXT ? text : null;
  }

  private static @Nullable Long number(JsonObject claims, String name) {
    return claims.getValue(name) instanceof Number number ? (Long) number.longValue() : null;
  }

  private static ProblemException bad(String detail) {
    return ProblemType.BAD_TOKEN.because(detail).asException();
  }
}
