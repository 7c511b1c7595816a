package org.kakehashi.media.webrtc.dtls;

import java.io.IOException;
import java.security.SecureRandom;
import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.modes.AEADBlockCipher;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.gcm.BasicGCMMultiplier;
import org.bouncycastle.tls.CertificateType;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/**
 * BouncyCastle's cryptography for thousands of associations that are open at once, each with a
 * handful of records in its life: AES-GCM without its tables of 8 KiB for each direction, and
 * others' certificates as the bytes they came in. One for all associations of an identity.
 */
final class LeanCrypto extends BcTlsCrypto {
  LeanCrypto(SecureRandom random) {
    super(random);
  }

  @Override
  protected AEADBlockCipher createGCMMode(BlockCipher engine) {
    return GCMBlockCipher.newInstance(engine, new BasicGCMMultiplier());
  }

  @Override
  public TlsCertificate createCertificate(short type, byte[] encoding) throws IOException {
    return type == CertificateType.X509
        ? new EncodedCertificate(this, encoding)
        : super.createCertificate(type, encoding);
  }
}
