/**
 * One UDP port and one TCP port for everybody: ICE-lite, DTLS, SRTP and SDP, and the peers behind
 * them.
 *
 * <pre>
 *   socket ─▶ demultiplexing (RFC 7983) ─┬ STUN ─▶ IceAgent      which address is the peer's
 *                                        ├ DTLS ─▶ association   which keys
 *                                        └ RTP  ─▶ SRTP ─▶ IncomingTrack ─▶ Source
 *   Feed ─▶ OutgoingTrack ─▶ SRTP ─▶ socket
 * </pre>
 */
@org.jspecify.annotations.NullMarked
package org.kakehashi.media.webrtc;
