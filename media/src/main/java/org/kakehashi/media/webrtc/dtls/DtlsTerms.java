package org.kakehashi.media.webrtc.dtls;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.webrtc.sdp.Fingerprint;
import org.kakehashi.media.webrtc.srtp.SrtpKeys;
import org.kakehashi.media.webrtc.srtp.SrtpProfile;

/** What client and server have in common: our certificate, theirs, the SRTP profile, the keys. */
final class DtlsTerms {
  /** BouncyCastle's own default of 1 s makes one lost datagram cost a second. */
  static final int RESEND_MILLIS = 250;

  /** The first is what every WebRTC client must have (RFC 8827 §6.5). See {@link DtlsRecords}. */
  static final int[] CIPHER_SUITES = {
    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
    CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
  };

  private final DtlsIdentity identity;
  private final List<Fingerprint> expected;
  private final Duration timeout;
  private @Nullable SrtpProfile profile;
  private @Nullable SrtpKeys keys;
  private boolean mismatched;
  private boolean ended;

  DtlsTerms(DtlsIdentity identity, List<Fingerprint> expected, Duration timeout) {
    this.identity = identity;
    this.expected = List.copyOf(expected);
    this.timeout = timeout;
  }

  LeanCrypto crypto() {
    return identity.crypto();
  }

  int timeoutMillis() {
    return Math.toIntExact(timeout.toMillis());
  }

  TlsCredentialedSigner credentials(TlsContext context) {
    return new BcDefaultTlsCredentialedSigner(
        new TlsCryptoParameters(context),
        identity.crypto(),
        identity.privateKey(),
        identity.chain(),
        SignatureAndHashAlgorithm.getInstance(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
  }

  /** Accepts a certificate only if its fingerprint was announced in SDP (RFC 8122 §6.2). */
  void verify(@Nullable Certificate chain) throws IOException {
    if (chain == null || chain.isEmpty()) {
      mismatched = true;
      throw new TlsFatalAlert(AlertDescription.certificate_required);
    }
    byte[] encoded = chain.getCertificateAt(0).getEncoded();
    for (Fingerprint fingerprint : expected) {
      if (fingerprint.equals(
          Fingerprint.of(fingerprint.algorithm(), hash(fingerprint.algorithm(), encoded)))) {
        return;
      }
    }
    mismatched = true;
    throw new TlsFatalAlert(AlertDescription.bad_certificate);
  }

  private static byte[] hash(String algorithm, byte[] encoded) {
    try {
      return MessageDigest.getInstance(algorithm.toUpperCase(Locale.ROOT)).digest(encoded);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-2", impossible);
    }
  }

  /** Takes the first of our profiles that is among {@code offered}. */
  SrtpProfile choose(int[] offered) throws IOException {
    for (SrtpProfile candidate : SrtpProfile.values()) {
      if (Arrays.stream(offered).anyMatch(id -> id == candidate.id())) {
        profile = candidate;
        return candidate;
      }
    }
    throw new TlsFatalAlert(AlertDescription.handshake_failure);
  }

  /** Derives both directions' keys when the handshake is complete (RFC 5764 §4.2). */
  void derive(TlsContext context, boolean client) throws IOException {
    if (profile == null) {
      throw new TlsFatalAlert(AlertDescription.handshake_failure);
    }
    int key = SrtpProfile.KEY_LENGTH;
    int salt = profile.saltLength();
    byte[] material = context.exportKeyingMaterial(ExporterLabel.dtls_srtp, null, 2 * (key + salt));
    SrtpKeys.Master ofClient =
        new SrtpKeys.Master(
            Arrays.copyOfRange(material, 0, key),
            Arrays.copyOfRange(material, 2 * key, 2 * key + salt));
    SrtpKeys.Master ofServer =
        new SrtpKeys.Master(
            Arrays.copyOfRange(material, key, 2 * key),
            Arrays.copyOfRange(material, 2 * key + salt, 2 * (key + salt)));
    keys =
        client
            ? new SrtpKeys(profile, ofClient, ofServer)
            : new SrtpKeys(profile, ofServer, ofClient);
  }

  SrtpKeys keys() {
    return Objects.requireNonNull(keys, "the handshake is complete");
  }

  boolean mismatched() {
    return mismatched;
  }

  /** Whether the other side sent close_notify or a fatal alert. */
  boolean ended() {
    return ended;
  }

  void alerted(short level, short description) {
    if (level == org.bouncycastle.tls.AlertLevel.fatal
        || description == AlertDescription.close_notify) {
      ended = true;
    }
  }
}
