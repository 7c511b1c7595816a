package org.kakehashi.server.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * HTTPS by the server itself.
 *
 * @param files the certificate and its key; null to speak plain HTTP
 * @param checkEvery how often the files are looked at for a renewed certificate
 */
public record TlsSettings(@Nullable Files files, Duration checkEvery) {
  /** What holds where the file says nothing: plain HTTP. */
  public static final TlsSettings DEFAULT = new TlsSettings(null, Duration.ofSeconds(10));

  /**
   * PEM files.
   *
   * @param certificate the certificate, followed by the intermediate ones
   * @param key its private key, PKCS #8 or PKCS #1
   */
  public record Files(Path certificate, Path key) {}

  static TlsSettings read(Section in, Path folder) {
    String certificate = in.text("certificate", "");
    String key = in.text("key", "");
    if (certificate.isEmpty() != key.isEmpty()) {
      in.mistake(
          certificate.isEmpty() ? "certificate" : "key",
          "is missing: give both the certificate and its key, or neither for plain HTTP.");
    }
    Files files =
        certificate.isEmpty() || key.isEmpty()
            ? null
            : new Files(folder.resolve(certificate), folder.resolve(key));
    return new TlsSettings(
        files,
        in.duration("checkEvery", DEFAULT.checkEvery, Duration.ofSeconds(1), Duration.ofDays(1)));
  }

  /** The certificate and its key, if the server speaks HTTPS itself. */
  public Optional<Files> pem() {
    return Optional.ofNullable(files);
  }
}
