package org.kakehashi.media.stage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which camera is the main picture, and by whose choice. Pure.
 *
 * @param source the camera's source id; null if nobody on stage has one
 * @param by who chose it
 */
public record MainPicture(@Nullable String source, By by) {

  /** Whose choice it is. */
  public enum By {
    /** The chair's. */
    CHAIR,
    /** Whoever speaks. */
    SPEAKER,
    /** Nobody's: there is no camera on stage. */
    NOBODY
  }

  /** No picture. */
  public static final MainPicture NONE = new MainPicture(null, By.NOBODY);

  /**
   * Chooses the main picture.
   *
   * @param cameras ids of the sources on stage that have a camera, in the order they came
   * @param chairsChoice the chair's choice, if one was made; ignored once it has left the stage
   * @param activeSpeaker who speaks now, with or without a camera
   * @return the chair's choice; else the active speaker; else who is shown now; else the first
   */
  public MainPicture choose(
      List<String> cameras, @Nullable String chairsChoice, @Nullable String activeSpeaker) {
    if (chairsChoice != null && cameras.contains(chairsChoice)) {
      return new MainPicture(chairsChoice, By.CHAIR);
    }
    if (activeSpeaker != null && cameras.contains(activeSpeaker)) {
      return new MainPicture(activeSpeaker, By.SPEAKER);
    }
    if (source != null && cameras.contains(source)) {
      return new MainPicture(source, By.SPEAKER);
    }
    return cameras.isEmpty() ? NONE : new MainPicture(cameras.getFirst(), By.SPEAKER);
  }
}
