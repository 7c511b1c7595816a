package org.kakehashi.server.config;

import java.util.List;

/** The configuration cannot be used; the message names every key at fault and how to mend it. */
public final class ConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final List<String> mistakes;

  ConfigurationException(List<String> mistakes) {
    super(String.join(System.lineSeparator(), mistakes), null, false, false);
    this.mistakes = List.copyOf(mistakes);
  }

  /** One sentence or two for each mistake, in the order of the file. */
  public List<String> mistakes() {
    return mistakes;
  }
}
