package org.kakehashi.media.webrtc.dtls;

/** Why there are no keys. */
public enum DtlsFailure {
  /** No common cipher suite, version or SRTP profile; or the other side broke the protocol. */
  HANDSHAKE,
  /** It did not complete in time. */
  TIMEOUT,
  /** The other side's certificate is not the one it announced. */
  FINGERPRINT
}
