package org.kakehashi.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.kakehashi.server.http.MediaApiTest.header;

import java.io.IOException;
import java.math.BigInteger;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kakehashi.server.config.HttpSettings;
import org.kakehashi.server.config.TlsSettings;

/** HTTPS by the server itself, and a certificate renewed while it runs. */
class TlsTest {
  @TempDir private Path folder;
  private Path certificate;
  private Path key;

  @BeforeEach
  void files() {
    certificate = folder.resolve("live.pem");
    key = folder.resolve("live.key");
  }

  @Test
  void aRenewedCertificateIsUsedWithoutARestart() throws Exception {
    write("CN=first");
    try (Edge edge = edge()) {
      HttpResponse<String> page = edge.request("GET", "/").send();
      assertThat(subject(page)).isEqualTo("CN=first");
      assertThat(page.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(header(page, "Strict-Transport-Security")).isEqualTo("max-age=31536000");
      assertThat(edge.request("HEAD", "/").send().body()).isEmpty();
      assertThat(edge.server.renew()).as("nothing has changed").isFalse();

      Files.writeString(key, pem("PRIVATE KEY", keyPair().getPrivate().getEncoded()));
      assertThat(edge.server.renew()).as("the new key is not the certificate's").isFalse();
      assertThat(subject(fresh(edge))).isEqualTo("CN=first");

      write("CN=second");
      assertThat(edge.server.renew()).isTrue();
      assertThat(subject(fresh(edge))).isEqualTo("CN=second");

      Files.delete(certificate);
      assertThat(edge.server.renew()).isFalse();
      assertThat(subject(fresh(edge))).isEqualTo("CN=second");
    }
  }

  @Test
  void filesThatCannotBeUsedStopTheStart() throws Exception {
    assertThatThrownBy(this::edge)
        .isInstanceOf(TlsException.class)
        .hasMessageContaining("live.pem cannot be read");

    write("CN=one");
    Files.writeString(key, pem("PRIVATE KEY", keyPair().getPrivate().getEncoded()));
    assertThatThrownBy(this::edge)
        .isInstanceOf(TlsException.class)
        .hasMessageContaining("the key is of another certificate");

    Files.writeString(certificate, "no certificate");
    assertThatThrownBy(this::edge)
        .isInstanceOf(TlsException.class)
        .hasMessageContaining("are not a PEM certificate and its key");
  }

  private Edge edge() {
    return new Edge(
        HttpSettings.DEFAULT,
        new TlsSettings(new TlsSettings.Files(certificate, key), Duration.ofHours(1)),
        SocketTimings.CONTRACT,
        HttpClient.newBuilder().sslContext(trustingAnybody()).build());
  }

  /** Over a connection of its own. */
  private static HttpResponse<String> fresh(Edge edge) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newBuilder().sslContext(trustingAnybody()).build()) {
      return client.send(
          HttpRequest.newBuilder(edge.uri("/health/live")).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  private static String subject(HttpResponse<?> answer) throws IOException {
    Certificate[] chain = answer.sslSession().orElseThrow().getPeerCertificates();
    return ((X509Certificate) chain[0]).getSubjectX500Principal().getName();
  }

  private void write(String subject)
      throws GeneralSecurityException, OperatorCreationException, IOException {
    KeyPair pair = keyPair();
    X500Name name = new X500Name(subject);
    byte[] encoded =
        new JcaX509v3CertificateBuilder(
                name,
                BigInteger.ONE,
                Date.from(Instant.now().minusSeconds(60)),
                Date.from(Instant.now().plusSeconds(3600)),
                name,
                pair.getPublic())
            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
            .getEncoded();
    Files.writeString(certificate, pem("CERTIFICATE", encoded));
    Files.writeString(key, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
  }

  private static KeyPair keyPair() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    return generator.generateKeyPair();
  }

  private static String pem(String what, byte[] bytes) {
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
        .formatted(what, Base64.getMimeEncoder().encodeToString(bytes), what);
  }

  private static SSLContext trustingAnybody() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Anybody()}, new SecureRandom());
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Anybody extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
