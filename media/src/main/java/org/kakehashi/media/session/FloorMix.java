package org.kakehashi.media.session;

import java.util.List;
import org.kakehashi.media.channel.Source;

/**
 * What a session wants of a mixer: the floor as one sound when several microphones are open.
 *
 * <p>Thread: the session's control thread.
 */
public interface FloorMix extends AutoCloseable {
  /**
   * Mixes exactly these microphones from now on; with fewer than two nothing is mixed and nothing
   * costs.
   */
  void mix(List<FloorMicrophone> microphones);

  /** All microphones together. */
  Source everyone();

  /** All microphones but those of {@code person}; encoded only while somebody is attached. */
  Source without(String person);

  @Override
  void close();
}
