/**
 * SRTP and SRTCP (RFC 3711, RFC 7714): packets are protected and opened in the buffer they lie in.
 * What is sent, by OpenSSL where it is at hand; what is received, by jitsi-srtp's contexts.
 */
@org.jspecify.annotations.NullMarked
package org.kakehashi.media.webrtc.srtp;
