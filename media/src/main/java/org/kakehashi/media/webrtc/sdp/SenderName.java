package org.kakehashi.media.webrtc.sdp;

/**
 * How a stream we send is announced.
 *
 * @param ssrc unique in the session
 * @param cname the same for streams to be kept in step (RFC 7022)
 * @param stream the media stream's identification (RFC 8830); the same for streams that belong
 *     together
 * @param track the track's
 */
public record SenderName(int ssrc, String cname, String stream, String track) {}
