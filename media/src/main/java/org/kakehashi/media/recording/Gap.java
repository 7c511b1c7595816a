package org.kakehashi.media.recording;

/**
 * A stretch in which nothing could be recorded because the node was down; all tracks are silent and
 * blank there.
 *
 * @param start ticks from the recording's first moment
 * @param end ticks, after start
 */
public record Gap(long start, long end) {}
