package org.kakehashi.media.recording;

/**
 * A chapter of a download.
 *
 * @param start ticks from the recording's first moment
 * @param end ticks, after start
 * @param title for people
 */
public record DownloadChapter(long start, long end, String title) {}
