package org.kakehashi.media.stage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives each camera on stage a place of its own among the four that viewers see at once, and keeps
 * it there while others come and go. Immutable; pure.
 *
 * @param cameras four places, each a source's id or null
 */
public record CameraSlots(List<@Nullable String> cameras) {
  /** How many cameras are shown at once. */
  public static final int COUNT = 4;

  /** Nobody on stage. */
  public static final CameraSlots EMPTY = new CameraSlots(Collections.nCopies(COUNT, null));

  public CameraSlots {
    cameras = Collections.unmodifiableList(new ArrayList<>(cameras));
    if (cameras.size() != COUNT) {
      throw new IllegalArgumentException(COUNT + " places, not " + cameras.size());
    }
  }

  /**
   * The places once exactly {@code onStage} are on stage: who is there stays, free places go to
   * those who wait, in order; whoever is beyond the fourth is not shown.
   *
   * @param onStage ids of the sources with a camera, in the order they came on stage
   */
  public CameraSlots with(List<String> onStage) {
    List<@Nullable String> places = new ArrayList<>(COUNT);
    for (String camera : cameras) {
      places.add(camera != null && onStage.contains(camera) ? camera : null);
    }
    for (String camera : onStage) {
      int free = places.indexOf(null);
      if (free >= 0 && !places.contains(camera)) {
        places.set(free, camera);
      }
    }
    return new CameraSlots(places);
  }
}
