/**
 * SRTP and SRTCP (RFC 3711, RFC 7714) over jitsi-srtp's contexts: packets are protected and opened
 * in the buffer they lie in.
 */
@org.jspecify.annotations.NullMarked
package org.kakehashi.media.webrtc.srtp;
