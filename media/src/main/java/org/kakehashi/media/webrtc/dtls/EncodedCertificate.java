package org.kakehashi.media.webrtc.dtls;

import java.io.IOException;
import java.math.BigInteger;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.tls.crypto.Tls13Verifier;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsEncryptor;
import org.bouncycastle.tls.crypto.TlsVerifier;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/**
 * A certificate as it came. It is read where the handshake asks for something in it, once or twice,
 * and not kept as a tree of a hundred objects for as long as the association lasts.
 *
 * <p>Any thread.
 */
final class EncodedCertificate implements TlsCertificate {
  private final BcTlsCrypto crypto;
  private final byte[] encoded;

  /**
   * @param encoded not to be changed afterwards
   * @throws IOException if this is no certificate
   */
  EncodedCertificate(BcTlsCrypto crypto, byte[] encoded) throws IOException {
    this.crypto = crypto;
    this.encoded = encoded;
    BcTlsCertificate unused = read(); // Whatever is wrong with it is said here.
  }

  private BcTlsCertificate read() throws IOException {
    return new BcTlsCertificate(crypto, encoded);
  }

  private BcTlsCertificate readAgain() {
    try {
      return read();
    } catch (IOException impossible) {
      throw new IllegalStateException("a certificate that could be read before", impossible);
    }
  }

  @Override
  public byte[] getEncoded() {
    return encoded.clone();
  }

  @Override
  public TlsVerifier createVerifier(short signatureAlgorithm) throws IOException {
    return read().createVerifier(signatureAlgorithm);
  }

  @Override
  public Tls13Verifier createVerifier(int signatureScheme) throws IOException {
    return read().createVerifier(signatureScheme);
  }

  @Override
  public TlsEncryptor createEncryptor(int tlsCertificateRole) throws IOException {
    return read().createEncryptor(tlsCertificateRole);
  }

  @Override
  public byte[] getExtension(ASN1ObjectIdentifier extension) throws IOException {
    return read().getExtension(extension);
  }

  @Override
  public BigInteger getSerialNumber() {
    return readAgain().getSerialNumber();
  }

  @Override
  public String getSigAlgOID() {
    return readAgain().getSigAlgOID();
  }

  @Override
  public ASN1Encodable getSigAlgParams() throws IOException {
    return read().getSigAlgParams();
  }

  @Override
  public short getLegacySignatureAlgorithm() throws IOException {
    return read().getLegacySignatureAlgorithm();
  }

  @Override
  public boolean supportsSignatureAlgorithm(short signatureAlgorithm) throws IOException {
    return read().supportsSignatureAlgorithm(signatureAlgorithm);
  }

  @Override
  public boolean supportsSignatureAlgorithmCA(short signatureAlgorithm) throws IOException {
    return read().supportsSignatureAlgorithmCA(signatureAlgorithm);
  }

  @Override
  public TlsCertificate checkUsageInRole(int tlsCertificateRole) throws IOException {
    return read().checkUsageInRole(tlsCertificateRole);
  }
}
