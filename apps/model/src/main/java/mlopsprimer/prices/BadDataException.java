package mlopsprimer.prices;

/** The prices of a source cannot be used. Another attempt gives the same prices. */
public class BadDataException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BadDataException(String message) {
    super(message);
  }

  public BadDataException(String message, Throwable cause) {
    super(message, cause);
  }
}
