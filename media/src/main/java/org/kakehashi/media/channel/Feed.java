package org.kakehashi.media.channel;

/** Something a listener can hear or watch, and leave for another between two packets. */
public interface Feed {
  /**
   * Lets {@code listener} take part from the next packet on: at once when called on the listener's
   * loop, else when that loop gets round to it.
   */
  void subscribe(Listener listener);

  /** Ends what {@link #subscribe} began; harmless if it did not begin. */
  void unsubscribe(Listener listener);

  /**
   * The same in every size it is sent in, for a listener who chooses among the {@linkplain
   * Source#layers layers}: all of them come, one of them is to be looked at. This feed itself where
   * there is no choice.
   */
  default Feed layers() {
    return this;
  }

  /** Which pictures go first where not all fit: lower ones. */
  default int importance() {
    return 0;
  }
}
