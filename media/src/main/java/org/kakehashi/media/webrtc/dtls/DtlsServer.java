package org.kakehashi.media.webrtc.dtls;

import java.io.IOException;
import java.util.Hashtable;
import java.util.Objects;
import java.util.Vector;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.jspecify.annotations.Nullable;
import org.kakehashi.media.webrtc.srtp.SrtpProfile;

/** Our part when the other side begins: asks for its certificate and chooses the SRTP profile. */
@SuppressWarnings({"rawtypes", "unchecked", "JdkObsolete"}) // as BouncyCastle's methods have them
final class DtlsServer extends DefaultTlsServer {
  private static final byte[] NO_MKI = {};

  private final DtlsTerms terms;
  private @Nullable SrtpProfile chosen;

  DtlsServer(DtlsTerms terms) {
    super(terms.crypto());
    this.terms = terms;
  }

  @Override
  protected ProtocolVersion[] getSupportedVersions() {
    return ProtocolVersion.DTLSv12.only();
  }

  @Override
  protected int[] getSupportedCipherSuites() {
    return TlsUtils.getSupportedCipherSuites(terms.crypto(), DtlsTerms.CIPHER_SUITES);
  }

  @Override
  public int getHandshakeTimeoutMillis() {
    return terms.timeoutMillis();
  }

  @Override
  public int getHandshakeResendTimeMillis() {
    return DtlsTerms.RESEND_MILLIS;
  }

  @Override
  public boolean requiresExtendedMasterSecret() {
    return true;
  }

  @Override
  protected TlsCredentialedSigner getECDSASignerCredentials() {
    return terms.credentials(context);
  }

  @Override
  public CertificateRequest getCertificateRequest() {
    short[] types = {ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign};
    Vector algorithms = TlsUtils.getDefaultSupportedSignatureAlgorithms(context);
    return new CertificateRequest(types, algorithms, null);
  }

  @Override
  public void notifyClientCertificate(Certificate chain) throws IOException {
    terms.verify(chain);
  }

  @Override
  public void processClientExtensions(Hashtable extensions) throws IOException {
    super.processClientExtensions(extensions);
    UseSRTPData offered = extensions == null ? null : TlsSRTPUtils.getUseSRTPExtension(extensions);
    if (offered == null) {
      throw new TlsFatalAlert(AlertDescription.handshake_failure);
    }
    chosen = terms.choose(offered.getProtectionProfiles());
  }

  @Override
  public Hashtable getServerExtensions() throws IOException {
    Hashtable extensions = super.getServerExtensions();
    int[] profile = {Objects.requireNonNull(chosen, "the client's extensions come first").id()};
    TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(profile, NO_MKI));
    return extensions;
  }

  @Override
  public void notifyHandshakeComplete() throws IOException {
    super.notifyHandshakeComplete();
    terms.derive(context, false);
    // Both have been said, and nobody asks for them again.
    clientExtensions = null;
    serverExtensions.clear();
  }

  @Override
  public void notifyAlertReceived(short level, short description) {
    terms.alerted(level, description);
  }
}
