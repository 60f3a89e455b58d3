package mlopsprimer.nodeprovider.rpc;

/**
 * A failure that the user of {@code pulumi up} can act on. Its message says what failed, the facts,
 * and what to do.
 */
public final class ResourceException extends Exception {
  private static final long serialVersionUID = 1;

  public ResourceException(String message) {
    super(message);
  }

  public ResourceException(String message, Throwable cause) {
    super(message, cause);
  }
}
