package org.kakehashi.server.store;

import java.util.List;

/**
 * The append-only record of what happened in a session, and when. Survives the server; a crash may
 * lose the last second.
 *
 * <p>Thread: one at a time.
 */
public interface Journal extends AutoCloseable {
  /**
   * Adds an entry. Does not throw: a disk that fails is logged once and counted in {@link #lost}.
   */
  void append(JournalEntry entry);

  /** Everything that was written, the oldest first; what cannot be read is left out. */
  List<JournalEntry> entries();

  /** How many entries could not be written since the journal was opened. */
  long lost();

  /** Makes what was appended safe on disk before returning. */
  void sync();

  /** Syncs, and lets go of the file. */
  @Override
  void close();
}
