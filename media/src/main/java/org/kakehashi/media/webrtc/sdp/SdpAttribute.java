package org.kakehashi.media.webrtc.sdp;

/**
 * A line {@code a=name:value}.
 *
 * @param name what comes before the colon
 * @param value what comes after it; empty for a flag
 */
public record SdpAttribute(String name, String value) {}
