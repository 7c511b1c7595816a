package org.kakehashi.server.command;

/**
 * What a check found.
 *
 * @param what one line
 * @param remedy what to do; empty if nothing need be done
 */
record Finding(Verdict verdict, String what, String remedy) {

  /** How bad it is. */
  enum Verdict {
    /** As it should be. */
    GOOD("ok"),
    /** The server runs, but perhaps not for everybody. */
    DOUBTFUL("warn"),
    /** The server does not run, or serves nobody. */
    BROKEN("FAIL");

    private final String word;

    Verdict(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  static Finding good(String what) {
    return new Finding(Verdict.GOOD, what, "");
  }

  static Finding doubtful(String what, String remedy) {
    return new Finding(Verdict.DOUBTFUL, what, remedy);
  }

  static Finding broken(String what, String remedy) {
    return new Finding(Verdict.BROKEN, what, remedy);
  }
}
