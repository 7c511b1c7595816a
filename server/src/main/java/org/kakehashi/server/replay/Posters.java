package org.kakehashi.server.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.kakehashi.media.recording.Still;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives a recording that has just ended a poster: whatever is on in its middle. Thread: any. */
final class Posters {
  private static final Logger LOG = LoggerFactory.getLogger(Posters.class);

  private Posters() {}

  /** Makes one unless somebody has chosen one; a recording without a picture has none. */
  static void provide(Recorded recorded, long version) {
    if (recorded.document().poster() != null) {
      return;
    }
    try {
      write(recorded, recorded.media().durationTicks() / 2, version);
    } catch (IOException | UncheckedIOException none) {
      LOG.debug("The recording of {} gets no poster", recorded.session(), none);
    }
  }

  /**
   * Makes the picture at a moment the poster.
   *
   * @param version a number that is another than before
   * @throws IOException if there is no picture
   */
  static void write(Recorded recorded, long ticks, long version) throws IOException {
    byte[] picture = Still.jpeg(recorded.media(), ticks);
    AtomicFile.write(RecordingEdits.posterFile(recorded), picture);
    recorded.change(document -> document.withPoster(version));
  }
}
