package org.kakehashi.media.recording;

/**
 * One frame of sound or picture as it stands in a segment.
 *
 * @param time ticks of the recording
 * @param duration ticks
 * @param key whether a decoder can start here
 * @param data its bytes; not to be changed
 */
record Sample(long time, long duration, boolean key, byte[] data) {
  long end() {
    return time + duration;
  }
}
