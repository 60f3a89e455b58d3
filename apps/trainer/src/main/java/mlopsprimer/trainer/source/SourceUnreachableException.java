package mlopsprimer.trainer.source;

/** The source did not answer, or its answer has no prices. A later attempt may succeed. */
public class SourceUnreachableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SourceUnreachableException(String message) {
    super(message);
  }

  public SourceUnreachableException(String message, Throwable cause) {
    super(message, cause);
  }
}
