package org.kakehashi.server.config;

/**
 * What is written to the log.
 *
 * @param level the least important that is
 * @param requests whether each HTTP request is, one line each
 */
public record LogSettings(Level level, boolean requests) {
  /** What holds where the file says nothing. */
  public static final LogSettings DEFAULT = new LogSettings(Level.INFO, true);

  /** How important a line is. */
  public enum Level {
    /** The server failed at something. */
    ERROR,
    /** Something an operator should look at. */
    WARN,
    /** What happened. */
    INFO,
    /** How it happened. */
    DEBUG
  }

  static LogSettings read(Section in) {
    return new LogSettings(
        in.choice("level", DEFAULT.level), in.flag("requests", DEFAULT.requests));
  }
}
