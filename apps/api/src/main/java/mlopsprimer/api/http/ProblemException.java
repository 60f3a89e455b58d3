package mlopsprimer.api.http;

/** A route throws this exception to answer a request with a {@link Problem}. */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  public ProblemException(int status, String title, String detail) {
    super(detail, null, false, false); // no stack trace: nothing logs this exception
    this.problem = Problem.of(status, title, detail);
  }

  public Problem problem() {
    return problem;
  }
}
