package org.kakehashi.server.bench;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.kakehashi.server.people.Person;
import org.kakehashi.server.people.Role;
import org.kakehashi.server.people.Scope;
import org.kakehashi.server.people.SigningKey;
import org.kakehashi.server.people.Tokens;

/**
 * The folder a server is started in: a configuration with free ports, and a programme of one public
 * session in French and Japanese with one booth, where speakers are heard at once.
 *
 * @param folder also holds the key that signs tokens
 */
public record Venue(Path folder) {
  public static final String SESSION = "hall";
  private static final String BOOTH = "fr-ja";

  private static final String CONFIGURATION =
      """
      data: data
      http: { bind: 127.0.0.1, port: 0, offersPerMinute: 1000000 }
      media: { port: 0, handshakeTimeout: 60s }
      log: { requests: false }
      """;

  private static final String PROGRAMME =
      """
      events:
        - id: bench
          title: { en: Bench }
          sessions:
            - id: hall
              title: { en: Hall }
              languages: [fr, ja]
              public: true
              chaired: false
              booths:
                - { id: fr-ja, understands: [fr, ja], a: ja, b: fr }
      """;

  /** Writes the files into {@code folder}. */
  public static Venue in(Path folder) throws IOException {
    return in(folder, PROGRAMME, "");
  }

  /**
   * Writes the files into {@code folder}.
   *
   * @param programme has a session {@link #SESSION}
   * @param more of the configuration, as YAML
   */
  public static Venue in(Path folder, String programme, String more) throws IOException {
    Files.createDirectories(folder);
    Venue venue = new Venue(folder);
    Files.writeString(venue.configuration(), CONFIGURATION + more);
    Files.writeString(venue.programme(), programme);
    return venue;
  }

  public Path configuration() {
    return folder.resolve("kakehashi.yaml");
  }

  /** Where the server keeps what survives it. */
  public Path data() {
    return folder.resolve("data");
  }

  public Path programme() {
    return folder.resolve("programme.yaml");
  }

  /** A token for somebody who speaks on the floor. */
  public String speaker(String name) {
    return token(Person.of(name, name, Role.SPEAKER, new Scope.OneSession(SESSION)));
  }

  /** A token for somebody in the booth. */
  public String interpreter(String name) {
    return interpreter(name, BOOTH, "fr", "ja");
  }

  /** A token for somebody in a booth who understands these languages. */
  public String interpreter(String name, String booth, String... understands) {
    return token(
        Person.interpreter(name, name, new Scope.OneSession(SESSION), booth, List.of(understands)));
  }

  private String token(Person person) {
    Vertx vertx = Vertx.vertx();
    try {
      SigningKey key = SigningKey.inFolder(data(), new SecureRandom());
      return new Tokens(vertx, key, InstantSource.system()).issue(person, Duration.ofHours(2));
    } finally {
      vertx.close().await();
    }
  }
}
