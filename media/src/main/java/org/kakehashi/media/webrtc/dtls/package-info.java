/**
 * DTLS 1.2 (RFC 6347) with SRTP keys (RFC 5764) by BouncyCastle: one association for each peer, on
 * a virtual thread while it has something to do.
 *
 * <pre>
 *   media loop ─▶ bounded queue ─▶ DtlsAssociation (virtual thread) ─▶ datagrams, keys, the end
 * </pre>
 */
@org.jspecify.annotations.NullMarked
package org.kakehashi.media.webrtc.dtls;
