package mlopsprimer.api.http;

/** Thrown by a route to answer a request with a {@link Problem}. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  public ProblemException(int status, String title, String detail) {
    super(detail, null, false, false); // a client's mistake needs no stack trace
    this.problem = Problem.of(status, title, detail);
  }

  public Problem problem() {
    return problem;
  }
}
