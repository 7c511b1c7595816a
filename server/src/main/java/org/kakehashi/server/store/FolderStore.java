package org.kakehashi.server.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The embedded store: plain files under the data folder. A session's journal is {@code
 * recordings/{session}/journal.jsonl}. Thread: any.
 */
public final class FolderStore implements Store {
  /** Two weeks of a busy session; beyond it something is wrong. */
  private static final long MAX_JOURNAL_BYTES = 256L * 1024 * 1024;

  private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

  private final Path data;

  /**
   * @param data the data folder; made when something is first written
   */
  public FolderStore(Path data) {
    this.data = data;
  }

  @Override
  public Journal journal(String session) {
    return JournalFile.open(path(session), MAX_JOURNAL_BYTES);
  }

  @Override
  public List<JournalEntry> entries(String session) {
    Path path = path(session);
    return Files.exists(path) ? JournalFile.read(path) : List.of();
  }

  private Path path(String session) {
    if (!SAFE.matcher(session).matches()) {
      throw new IllegalArgumentException("Not a session's id: " + session);
    }
    return data.resolve("recordings").resolve(session).resolve("journal.jsonl");
  }
}
