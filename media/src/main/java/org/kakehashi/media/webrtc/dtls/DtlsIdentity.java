package org.kakehashi.media.webrtc.dtls;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCertificate;
import org.kakehashi.media.webrtc.sdp.Fingerprint;

/**
 * Who we are to DTLS: a self-signed ECDSA P-256 certificate, made anew for each port. Clients trust
 * it because the answer, which came over HTTPS, has its fingerprint.
 */
public final class DtlsIdentity {
  private static final Duration BACKDATED = Duration.ofDays(1);
  private static final Duration LIFETIME = Duration.ofDays(365);

  private final AsymmetricKeyParameter privateKey;
  private final Certificate chain;
  private final Fingerprint fingerprint;
  private final LeanCrypto crypto;

  private DtlsIdentity(
      AsymmetricKeyParameter privateKey,
      Certificate chain,
      Fingerprint fingerprint,
      LeanCrypto crypto) {
    this.privateKey = privateKey;
    this.chain = chain;
    this.fingerprint = fingerprint;
    this.crypto = crypto;
  }

  /** Makes a key pair and a certificate valid from a day before {@code now}. */
  public static DtlsIdentity generate(SecureRandom random, Instant now) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      KeyPair keys = generator.generateKeyPair();
      X500Name name = new X500Name("CN=kakehashi");
      byte[] certificate =
          new JcaX509v3CertificateBuilder(
                  name,
                  new BigInteger(63, random).add(BigInteger.ONE),
                  Date.from(now.minus(BACKDATED)),
                  Date.from(now.plus(LIFETIME)),
                  name,
                  keys.getPublic())
              .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))
              .getEncoded();
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate);
      LeanCrypto crypto = new LeanCrypto(random);
      return new DtlsIdentity(
          PrivateKeyFactory.createKey(keys.getPrivate().getEncoded()),
          new Certificate(new TlsCertificate[] {new BcTlsCertificate(crypto, certificate)}),
          Fingerprint.of("sha-256", hash),
          crypto);
    } catch (GeneralSecurityException | OperatorCreationException | java.io.IOException e) {
      throw new IllegalStateException("this JDK cannot make an ECDSA certificate", e);
    }
  }

  /** For the answer. */
  public Fingerprint fingerprint() {
    return fingerprint;
  }

  AsymmetricKeyParameter privateKey() {
    return privateKey;
  }

  /** Shared by all associations. */
  LeanCrypto crypto() {
    return crypto;
  }

  /** The certificate, and nobody's above it; shared by all associations. */
  Certificate chain() {
    return chain;
  }
}
