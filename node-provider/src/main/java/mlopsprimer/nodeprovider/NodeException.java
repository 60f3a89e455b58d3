package mlopsprimer.nodeprovider;

/** What failed, the facts, and what to do, in one message for the user of `pulumi up`. */
final class NodeException extends Exception {
  private static final long serialVersionUID = 1;

  NodeException(String message) {
    super(message);
  }

  NodeException(String message, Throwable cause) {
    super(message, cause);
  }
}
