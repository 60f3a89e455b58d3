package mlopsprimer.forest;

/** A stored model is damaged, or this program cannot read it. */
public class CorruptModelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CorruptModelException(String message) {
    super(message);
  }
}
