package mlopsprimer.forest;

/** Bytes that are not a model this program can read. */
public class CorruptModelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CorruptModelException(String message) {
    super(message);
  }
}
