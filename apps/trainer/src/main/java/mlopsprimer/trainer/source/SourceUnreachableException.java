package mlopsprimer.trainer.source;

/** The source did not answer, or not with prices. Trying again later may help. */
public class SourceUnreachableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public SourceUnreachableException(String message) {
    super(message);
  }

  public SourceUnreachableException(String message, Throwable cause) {
    super(message, cause);
  }
}
