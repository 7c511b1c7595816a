package org.kakehashi.media.audio;

/**
 * Opens and closes a microphone over 40 ms, so that no switch clicks.
 *
 * <p>Thread: one at a time.
 */
final class Fade {
  /** How long a fade takes, in samples: 40 ms. */
  static final int LENGTH = 1_920;

  private int position;
  private boolean opening = true;

  /**
   * @param open whether it starts open rather than fading in
   */
  Fade(boolean open) {
    position = open ? LENGTH : 0;
  }

  /** Fades in from where it is. */
  void in() {
    opening = true;
  }

  /** Fades out from where it is. */
  void out() {
    opening = false;
  }

  /** Whether it has faded out and stays so. */
  boolean isOut() {
    return !opening && position == 0;
  }

  /** Applies the fade in place. */
  void apply(float[] sound, int samples) {
    if (opening && position == LENGTH) {
      return;
    }
    for (int i = 0; i < samples; i++) {
      position = opening ? Math.min(LENGTH, position + 1) : Math.max(0, position - 1);
      sound[i] *= (float) position / LENGTH;
    }
  }

  /** Silence passed: a fade out goes on; a fade in waits for the sound it is for. */
  void skip(int samples) {
    if (!opening) {
      position = Math.max(0, position - samples);
    }
  }
}
