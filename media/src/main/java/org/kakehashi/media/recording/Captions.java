package org.kakehashi.media.recording;

/**
 * A subtitles rendition: a WebVTT file {@code captions/{language}.vtt} for the whole recording.
 *
 * @param language BCP 47 tag
 * @param name for the menu, in that language
 */
public record Captions(String language, String name) {}
