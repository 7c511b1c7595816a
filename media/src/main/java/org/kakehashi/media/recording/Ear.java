package org.kakehashi.media.recording;

import io.netty.util.concurrent.EventExecutor;
import org.kakehashi.media.channel.Listener;
import org.kakehashi.media.channel.MediaPacket;
import org.kakehashi.media.channel.Source;

/** What a track hears with. Thread: the recorder's. */
final class Ear implements Listener {
  private final EventExecutor inbox;
  private final RecordedTrack track;
  private boolean plugged;

  Ear(EventExecutor inbox, RecordedTrack track) {
    this.inbox = inbox;
    this.track = track;
  }

  /** Hears nothing any more, whatever still comes. */
  void plug() {
    plugged = true;
  }

  @Override
  public EventExecutor loop() {
    return inbox;
  }

  @Override
  public void accept(Source from, MediaPacket packet) {
    if (!plugged) {
      track.accept(from, packet);
    }
  }
}
