package org.kakehashi.server.problem;

/**
 * A client's request meets a problem. Thrown where it is found, answered once, at the edge; it is
 * no fault of the server, so it has no stack trace and is not logged as an error.
 */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  /** Refuses with {@code problem}. */
  public ProblemException(Problem problem) {
    super(problem.type().uri() + ": " + problem.detail(), null, false, false);
    this.problem = problem;
  }

  /** What the client is told. */
  public Problem problem() {
    return problem;
  }
}
