package mlopsprimer.mlflow;

/**
 * A request to MLflow failed. The message states the URI, the status and what MLflow answered, and
 * what to do.
 */
public final class MlflowException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why a request failed. */
  public enum Kind {
    /** The server did not answer in time, or its answer was lost. */
    UNREACHABLE,
    /** The server answered that it cannot do it now, with status 5xx or 429. */
    OVERLOADED,
    /** The server answered that the named object does not exist. */
    MISSING,
    /** The server answered that an object of that name exists already. */
    EXISTS,
    /** The server refused the request for another reason. */
    REFUSED,
    /** The answer is not one of MLflow. */
    STRANGE
  }

  private final Kind kind;

  MlflowException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  MlflowException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
