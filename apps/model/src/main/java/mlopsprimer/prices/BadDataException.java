package mlopsprimer.prices;

/** A source has prices that cannot be used. Another attempt does not help. */
public class BadDataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BadDataException(String message) {
    super(message);
  }

  public BadDataException(String message, Throwable cause) {
    super(message, cause);
  }
}
