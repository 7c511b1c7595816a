package org.kakehashi.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {
  private static final Path SHIPPED = Path.of("..", "kakehashi.yaml");
  private static final Path FOLDER = Path.of("/srv/kakehashi");

  @Test
  void theShippedFileSaysWhatTheCodeDoes() {
    Path folder = SHIPPED.toAbsolutePath().getParent();

    assertThat(Configuration.read(SHIPPED, Map.of()))
        .isEqualTo(Configuration.defaults(folder, Map.of()));
  }

  @Test
  void theShippedFileHasEveryKey() throws IOException {
    Map<String, Set<String>> keys = Configuration.keys(Files.readString(SHIPPED));

    assertThat(keys.get("present")).isEqualTo(keys.get("known")).hasSizeGreaterThan(30);
  }

  @Test
  void theShippedFileNamesEveryVariable() throws IOException {
    assertThat(Files.readString(SHIPPED)).contains(Overrides.variables());
  }

  @Test
  void valuesAreRead() {
    Configuration read =
        Configuration.parse(
            """
            data: /var/lib/kakehashi
            http:
              bind: 127.0.0.1
              port: 9000
              publicUrl: https://live.example.org
              trustedProxies: 10.0.0.0/8
              maxBody: 128KiB
            tls: { certificate: live.pem, key: /etc/live.key }
            media:
              publicAddresses: [203.0.113.5, "2001:db8::5"]
              publicTcpPort: 443
              consentTimeout: 10s
              fullAt: 70
            sessions: { seatKeptFor: 1h }
            log: { level: debug, requests: no }
            """,
            FOLDER,
            Map.of());

    assertThat(read.data()).isEqualTo(Path.of("/var/lib/kakehashi"));
    assertThat(read.http().publicUrl()).contains(URI.create("https://live.example.org"));
    assertThat(read.http().trustedProxies()).containsExactly(Cidr.of("10.0.0.0/8"));
    assertThat(read.http().maxBody()).isEqualTo(131_072);
    assertThat(read.tls().pem())
        .contains(new TlsSettings.Files(FOLDER.resolve("live.pem"), Path.of("/etc/live.key")));
    assertThat(read.media().webRtc().advertised().addresses())
        .containsExactly(
            InetAddress.ofLiteral("203.0.113.5"), InetAddress.ofLiteral("2001:db8::5"));
    assertThat(read.media().webRtc().advertised().tcpPort()).isEqualTo(443);
    assertThat(read.media().webRtc().timeouts().consent()).isEqualTo(Duration.ofSeconds(10));
    assertThat(read.media().webRtc().fullAt()).isEqualTo(0.7);
    assertThat(read.log()).isEqualTo(new LogSettings(LogSettings.Level.DEBUG, false));
  }

  @Test
  void handshakesLeaveTheMediaThreadsACore() {
    int cores = Runtime.getRuntime().availableProcessors();
    assertThat(MediaSettings.DEFAULT.webRtc().limits().handshakes())
        .isEqualTo(Math.max(1, cores - 1));

    Configuration read = Configuration.parse("media: { maxHandshakes: 3 }", FOLDER, Map.of());
    assertThat(read.media().webRtc().limits().handshakes()).isEqualTo(3);
  }

  @Test
  void theEnvironmentGoesFirst() {
    Configuration read =
        Configuration.parse(
            "http: { port: 1 }",
            FOLDER,
            Map.of(
                "KAKEHASHI_HTTP_PORT", "9001",
                "KAKEHASHI_MEDIA_PORT", "10001",
                "KAKEHASHI_DATA", "/tmp/elsewhere",
                "KAKEHASHI_PUBLIC_URL", "https://live.example.org",
                "KAKEHASHI_PUBLIC_ADDRESS", "203.0.113.5, 203.0.113.6"));

    assertThat(read.http().port()).isEqualTo(9001);
    assertThat(read.media().port()).isEqualTo(10_001);
    assertThat(read.data()).isEqualTo(Path.of("/tmp/elsewhere"));
    assertThat(read.media().publicAddresses()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          http: { prot: 1 }              | line 1: there is no "prot" in "http". Did you mean "port"?
          htttp: { port: 1 }             | line 1: there is no "htttp". Did you mean "http"?
          http: { port: 99999 }          | line 1: http.port must be from 0 to 65535, not 99999.
          http: { port: eighty }         | line 1: http.port must be a whole number, not "eighty".
          http: { port: [1] }            | line 1: http.port must be one value, not a list or a block.
          http: 8080                     | line 1: "http" must be a block of keys, each indented on its own line.
          http: { bind: everywhere }     | line 1: http.bind must be an address of this machine such as 0.0.0.0 (all) or 127.0.0.1, not "everywhere".
          http: { publicUrl: live }      | line 1: http.publicUrl must be the server's address without a path, such as https://live.example.org, not "live".
          http: { trustedProxies: [a] }  | line 1: http.trustedProxies must be an address or a range such as 10.0.0.0/8, not "a".
          http: { requestTimeout: 15 }   | line 1: http.requestTimeout must be a time such as 500ms, 3s, 10m, 8h or 30d, not "15".
          http: { requestTimeout: 9h }   | line 1: http.requestTimeout must be from 1s to 5m, not 9h.
          http: { maxBody: big }         | line 1: http.maxBody must be a size such as 64KiB or 10MiB, not "big".
          tls: { certificate: a.pem }    | tls.key is missing: give both the certificate and its key, or neither for plain HTTP.
          media: { tcp: perhaps }        | line 1: media.tcp must be true or false, not "perhaps".
          media: { publicAddresses: me } | line 1: media.publicAddresses must be an IP address such as 203.0.113.5, not "me".
          recordings: { part: 1s }       | line 1: recordings.part must be from 200ms to 500ms, not 1s.
          recordings: { sync: daily }    | line 1: recordings.sync must be part or segment or never, not "daily".
          recordings: { diskReserve: 3GiB } | line 1: recordings.diskReserve must be at most recordings.diskFloor.
          log: { level: loud }           | line 1: log.level must be error or warn or info or debug, not "loud".
          people: { tokenKey: short }    | line 1: people.tokenKey must be 32 bytes or more in base64, as `openssl rand -base64 32` prints them.
          'data: a\\ndata: b'            | line 2: "data" is there twice: keep one.
          """)
  void aMistakeIsNamed(String yaml, String message) {
    assertThatThrownBy(() -> Configuration.parse(yaml.replace("\\n", "\n"), FOLDER, Map.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(message);
  }

  @Test
  void allMistakesAreFoundAtOnce() {
    assertThatThrownBy(
            () ->
                Configuration.parse(
                    "http:\n  port: x\nmedia:\n  port: y\n",
                    FOLDER,
                    Map.of("KAKEHASHI_LOG_LEVEL", "loud")))
        .hasMessageContaining("line 2: http.port")
        .hasMessageContaining("line 4: media.port")
        .hasMessageContaining("KAKEHASHI_LOG_LEVEL (log.level) must be error or warn");
  }

  @Test
  void whatIsNotYamlIsSaidWithItsLine(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("kakehashi.yaml");
    Files.writeString(file, "http:\n  port: [1\n");
    assertThatThrownBy(() -> Configuration.read(file, Map.of()))
        .hasMessageStartingWith("kakehashi.yaml: line 3: this is not YAML:");

    Files.write(file, new byte[] {(byte) 0xc3, (byte) 0x28});
    assertThatThrownBy(() -> Configuration.read(file, Map.of())).hasMessageContaining("UTF-8");
    assertThatThrownBy(() -> Configuration.read(folder.resolve("none.yaml"), Map.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("--config");
  }

  @Test
  void secretsAreNotPrinted() {
    String key = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVoxMjM0NTY=";
    Configuration read =
        Configuration.parse("people: { tokenKey: \"" + key + "\" }", FOLDER, Map.of());

    assertThat(read.people().tokenKey()).contains(key);
    assertThat(read.toString()).doesNotContain(key);
  }
}
