package org.kakehashi.server.store;

import java.util.List;

/** Where documents and journals are kept. Thread: any. */
public interface Store {
  /**
   * Opens a session's journal, behind whatever an earlier run wrote.
   *
   * @param session the session's id
   * @throws StoreException if it cannot be opened
   */
  Journal journal(String session);

  /**
   * What a session's journal says so far, the oldest first, whoever writes to it now; empty if
   * there is none.
   *
   * @throws StoreException if it cannot be read
   */
  List<JournalEntry> entries(String session);
}
