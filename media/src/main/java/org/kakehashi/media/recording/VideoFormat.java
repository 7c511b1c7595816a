package org.kakehashi.media.recording;

/**
 * One format that a picture track has been in.
 *
 * @param codecs RFC 6381 name, {@code avc1.42e01f}
 * @param width pixels
 * @param height pixels
 */
public record VideoFormat(String codecs, int width, int height) {}
