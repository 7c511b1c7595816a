package org.kakehashi.media.ingest;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a file before it is played; for the desk's list.
 *
 * @param name the file's name, without folder
 * @param duration how long it plays; zero if the file does not say
 * @param audioCodec the sound's codec in FFmpeg's word ({@code opus}, {@code aac}…); null: no sound
 * @param videoCodec the picture's codec ({@code h264}, {@code vp8}…); null: no picture
 * @param width of the picture as it is shown, in pixels; 0 without picture
 * @param height of the picture as it is shown, in pixels; 0 without picture
 * @param language the sound's language as a BCP 47 tag where the file says; else null
 */
public record MediaFileInfo(
    String name,
    Duration duration,
    @Nullable String audioCodec,
    @Nullable String videoCodec,
    int width,
    int height,
    @Nullable String language) {

  /** Whether there is sound. */
  public boolean hasAudio() {
    return audioCodec != null;
  }

  /** Whether there is a moving picture; a cover image is not one. */
  public boolean hasVideo() {
    return videoCodec != null;
  }
}
