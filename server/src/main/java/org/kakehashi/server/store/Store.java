package org.kakehashi.server.store;

/** Where documents and journals are kept. Thread: any. */
public interface Store {
  /**
   * Opens a session's journal, behind whatever an earlier run wrote.
   *
   * @param session the session's id
   * @throws StoreException if it cannot be opened
   */
  Journal journal(String session);
}
