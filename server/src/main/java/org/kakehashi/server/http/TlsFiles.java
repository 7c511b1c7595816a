package org.kakehashi.server.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;
import org.kakehashi.server.config.TlsSettings;

/**
 * A certificate and its key as read from their files, known to fit each other.
 *
 * @param pem both, for the server
 * @param expires when the certificate does
 */
public record TlsFiles(PemKeyCertOptions pem, Instant expires) {

  /**
   * Reads both files.
   *
   * @throws TlsException if either cannot be read, or they do not belong together; the message says
   *     which and what to do
   */
  public static TlsFiles read(Vertx vertx, TlsSettings.Files files) {
    PemKeyCertOptions pem =
        new PemKeyCertOptions()
            .setCertValue(bytes(files.certificate(), "certificate"))
            .setKeyValue(bytes(files.key(), "key"));
    try {
      for (KeyManager manager : pem.getKeyManagerFactory(vertx).getKeyManagers()) {
        if (manager instanceof X509KeyManager x509) {
          return new TlsFiles(pem, checked(x509));
        }
      }
    } catch (Exception e) { // Declared so by the library; whatever it is, the files are to blame.
      throw new TlsException(
          "%s and %s are not a PEM certificate and its key: %s"
              .formatted(files.certificate(), files.key(), e.getMessage()),
          e);
    }
    throw new TlsException(files.certificate() + " has no certificate in it.", null);
  }

  private static Instant checked(X509KeyManager manager) throws GeneralSecurityException {
    for (String type : new String[] {"RSA", "EC", "EdDSA"}) {
      String[] aliases = manager.getServerAliases(type, null);
      if (aliases != null && aliases.length > 0) {
        X509Certificate certificate = manager.getCertificateChain(aliases[0])[0];
        requirePair(certificate.getPublicKey(), manager.getPrivateKey(aliases[0]));
        return certificate.getNotAfter().toInstant();
      }
    }
    throw new GeneralSecurityException("a key that is neither RSA, EC nor EdDSA");
  }

  private static void requirePair(PublicKey certified, PrivateKey key)
      throws GeneralSecurityException {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> "EdDSA";
        };
    byte[] text = "which key is it".getBytes(StandardCharsets.UTF_8);
    Signature signer = Signature.getInstance(algorithm);
    signer.initSign(key);
    signer.update(text);
    byte[] signature = signer.sign();
    Signature verifier = Signature.getInstance(algorithm);
    verifier.initVerify(certified);
    verifier.update(text);
    if (!verifier.verify(signature)) {
      throw new GeneralSecurityException("the key is of another certificate");
    }
  }

  private static Buffer bytes(Path file, String what) {
    try {
      return Buffer.buffer(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new TlsException(
          "The TLS %s %s cannot be read (%s). Check tls.%s and the file's permissions."
              .formatted(what, file, e.getClass().getSimpleName(), what),
          e);
    }
  }

  /** Whether {@code other} came from files with the same contents. */
  boolean sameAs(TlsFiles other) {
    return Arrays.equals(pem.getCertValue().getBytes(), other.pem.getCertValue().getBytes())
        && Arrays.equals(pem.getKeyValue().getBytes(), other.pem.getKeyValue().getBytes());
  }
}
