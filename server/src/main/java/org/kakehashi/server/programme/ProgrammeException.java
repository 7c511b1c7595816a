package org.kakehashi.server.programme;

/** A programme that cannot be used; the message names the key and says what is wrong with it. */
public final class ProgrammeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String key;

  /**
   * @param key where in the file, such as {@code events[0].sessions[2].booths[0].a}
   * @param what what is wrong there
   */
  public ProgrammeException(String key, String what) {
    super(key.isEmpty() ? what : key + ": " + what);
    this.key = key;
  }

  /** Where in the file; empty for the file as a whole. */
  public String key() {
    return key;
  }
}
