package mlopsprimer.prices;

/** The source answered, and what it answered cannot be learned from. Trying again does not help. */
public class BadDataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BadDataException(String message) {
    super(message);
  }

  public BadDataException(String message, Throwable cause) {
    super(message, cause);
  }
}
