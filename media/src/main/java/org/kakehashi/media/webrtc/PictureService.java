package org.kakehashi.media.webrtc;

/** How much of the pictures it asked for a listener is sent, as its line allows. */
public enum PictureService {
  /** All, as large as they come; or there are none. */
  FULL,
  /** Some are smaller than they come, or left out. */
  REDUCED,
  /** The most important one alone: the slides. */
  SLIDES_ONLY,
  /** None: sound goes before. */
  SOUND_ONLY
}
