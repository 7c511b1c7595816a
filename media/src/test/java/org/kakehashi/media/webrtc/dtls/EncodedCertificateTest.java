package org.kakehashi.media.webrtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.junit.jupiter.api.Test;

class EncodedCertificateTest {
  private final DtlsIdentity identity = DtlsIdentity.generate(new SecureRandom(), Instant.now());
  private final TlsCertificate whole = identity.chain().getCertificateAt(0);

  @Test
  void saysWhatTheCertificateSays() throws Exception {
    byte[] encoded = whole.getEncoded();
    TlsCertificate certificate = new EncodedCertificate(identity.crypto(), encoded);
    assertThat(certificate.getEncoded()).isEqualTo(encoded);
    assertThat(certificate.getSerialNumber()).isEqualTo(whole.getSerialNumber());
    assertThat(certificate.getSigAlgOID()).isEqualTo(whole.getSigAlgOID());
    assertThat(certificate.getLegacySignatureAlgorithm()).isEqualTo(SignatureAlgorithm.ecdsa);
    assertThat(certificate.supportsSignatureAlgorithm(SignatureAlgorithm.ecdsa)).isTrue();
    assertThat(certificate.supportsSignatureAlgorithm(SignatureAlgorithm.rsa)).isFalse();
    assertThat(certificate.createVerifier(SignatureAlgorithm.ecdsa)).isNotNull();
  }

  @Test
  void whatIsHandedOutCanBeChangedWithoutHarm() throws Exception {
    TlsCertificate certificate = new EncodedCertificate(identity.crypto(), whole.getEncoded());
    Arrays.fill(certificate.getEncoded(), (byte) 0);
    assertThat(certificate.getEncoded()).isEqualTo(whole.getEncoded());
  }

  @Test
  void whatIsNoCertificateIsRefusedAtOnce() throws Exception {
    byte[] encoded = whole.getEncoded();
    for (byte[] broken :
        new byte[][] {{}, {0x30}, Arrays.copyOf(encoded, encoded.length - 1), new byte[64]}) {
      assertThatThrownBy(() -> new EncodedCertificate(identity.crypto(), broken))
          .isInstanceOf(IOException.class);
    }
  }
}
