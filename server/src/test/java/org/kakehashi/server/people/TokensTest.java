package org.kakehashi.server.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.kakehashi.server.problem.ProblemException;
import org.kakehashi.server.problem.ProblemType;

@TestInstance(Lifecycle.PER_CLASS)
class TokensTest {
  private static final String SECRET = Base64.getEncoder().encodeToString(new byte[32]);
  private static final Person AIKO =
      Person.interpreter(
          "p-12", "Aiko 愛子", new Scope.OneSession("plenary"), "fr-ja", List.of("fr", "ja"));

  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

  private Instant now = START;
  private Vertx vertx;
  private Tokens tokens;

  @BeforeAll
  void start() {
    vertx = Vertx.vertx();
    tokens = new Tokens(vertx, SigningKey.configured(SECRET), () -> now);
  }

  @AfterAll
  void stop() {
    vertx.close().await();
  }

  @Test
  void whoIsInATokenComesOutOfIt() {
    Person chair = Person.of("p-1", "Mme Martin", Role.CHAIR, new Scope.WholeEvent("summit"));

    assertThat(tokens.verify(tokens.issue(AIKO, Duration.ofHours(1)))).isEqualTo(AIKO);
    assertThat(tokens.verify(tokens.issue(chair, Duration.ofHours(1)))).isEqualTo(chair);
  }

  @Test
  void aTokenEndsOnTime() {
    String token = tokens.issue(AIKO, Duration.ofHours(1));

    now = START.plusSeconds(3599);
    assertThat(tokens.verify(token)).isEqualTo(AIKO);
    now = START.plusSeconds(3600);
    assertThatThrownBy(() -> tokens.verify(token)).hasMessageContaining("expired");
    now = START;
  }

  @Test
  void anotherKeyIsNotAccepted() {
    byte[] other = new byte[32];
    other[0] = 1;
    Tokens elsewhere =
        new Tokens(
            vertx, SigningKey.configured(Base64.getEncoder().encodeToString(other)), () -> now);

    assertRefused(elsewhere.issue(AIKO, Duration.ofHours(1)));
  }

  @Test
  void aChangedRoleIsNotAccepted() {
    String[] parts = tokens.issue(AIKO, Duration.ofHours(1)).split("\\.");
    String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
    String changed = base64(claims.replace("interpreter", "organiser"));

    assertRefused(parts[0] + "." + changed + "." + parts[2]);
  }

  @Test
  void noOtherAlgorithmIsAccepted() {
    String claims = tokens.issue(AIKO, Duration.ofHours(1)).split("\\.")[1];

    assertRefused(base64("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "." + claims + ".");
    assertRefused(base64("{\"alg\":\"none\"}") + "." + claims);
    JsonObject whole =
        new JsonObject(new String(Base64.getUrlDecoder().decode(claims), StandardCharsets.UTF_8));
    assertRefused(sign(whole, "HS384"));
    assertRefused(sign(whole, "HS512"));
    assertThat(tokens.verify(sign(whole, "HS256"))).isEqualTo(AIKO);
  }

  @Test
  void issuerAudienceExpiryAndScopeAreNeeded() {
    JsonObject whole = new JsonObject();
    String claims = tokens.issue(AIKO, Duration.ofHours(1)).split("\\.")[1];
    whole.mergeIn(
        new JsonObject(new String(Base64.getUrlDecoder().decode(claims), StandardCharsets.UTF_8)));

    for (String needed : List.of("iss", "aud", "exp", "sub", "name", "role", "session")) {
      JsonObject lacking = whole.copy();
      lacking.remove(needed);
      assertRefused(sign(lacking, "HS256"));
    }
    assertRefused(sign(whole.copy().put("iss", "another"), "HS256"));
    assertRefused(sign(whole.copy().put("aud", List.of("another")), "HS256"));
    assertRefused(sign(whole.copy().put("exp", "tomorrow"), "HS256"));
    assertRefused(sign(whole.copy().put("role", "owner"), "HS256"));
    assertRefused(sign(whole.copy().put("event", "summit"), "HS256"));
  }

  @Test
  void aGuestIsTheSameGuestAgain() {
    Person guest = Person.guest("plenary", new Random(1));

    assertThat(tokens.verify(tokens.issue(guest, Duration.ofHours(1)))).isEqualTo(guest);
  }

  @Test
  void rubbishIsRefusedAndNothingElseHappens() {
    Random random = new Random(7);
    String good = tokens.issue(AIKO, Duration.ofHours(1));
    for (int i = 0; i < 2000; i++) {
      StringBuilder bent = new StringBuilder(good);
      for (int j = 0; j <= random.nextInt(4); j++) {
        bent.setCharAt(random.nextInt(bent.length()), (char) (32 + random.nextInt(96)));
      }
      if (!bent.toString().equals(good)) {
        try {
          // The last character's low bits are padding: such a change leaves the token the same.
          assertThat(tokens.verify(bent.toString())).isEqualTo(AIKO);
        } catch (ProblemException e) {
          assertThat(e.problem().type()).isEqualTo(ProblemType.BAD_TOKEN);
        }
      }
    }
    for (String rubbish : List.of("", ".", "..", "...", "a.b.c", "é", "x".repeat(100_000))) {
      assertRefused(rubbish);
    }
  }

  private void assertRefused(String token) {
    ProblemException refused =
        catchThrowableOfType(ProblemException.class, () -> tokens.verify(token));
    assertThat(refused).as(token).isNotNull();
    assertThat(refused.problem().type()).isEqualTo(ProblemType.BAD_TOKEN);
  }

  private String sign(JsonObject claims, String algorithm) {
    String key = Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[32]);
    return JWTAuth.create(
            vertx,
            new JWTAuthOptions()
                .addJwk(
                    new JsonObject()
                        .put("kty", "oct")
                        .put("alg", algorithm)
                        .put("use", "sig")
                        .put("k", key)))
        .generateToken(claims, new JWTOptions().setAlgorithm(algorithm).setNoTimestamp(true));
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aPlayersTokenIsNoLinksAndTheOtherWayRound() {
    Person person = Person.of("p", "n", Role.CHAIR, new Scope.OneSession("plenary"));
    String link = tokens.issue(person, Duration.ofHours(1));
    String player = tokens.issueForPlayer(person, Duration.ofHours(1));

    assertThat(tokens.verifyForPlayer(player)).isEqualTo(person);
    assertThatThrownBy(() -> tokens.verify(player)).isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> tokens.verifyForPlayer(link)).isInstanceOf(ProblemException.class);
  }
}
