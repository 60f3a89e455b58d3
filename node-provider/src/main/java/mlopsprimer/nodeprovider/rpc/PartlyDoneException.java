package mlopsprimer.nodeprovider.rpc;

/**
 * A create or an update that failed after it had changed something. Pulumi stores the state of this
 * exception, so that the next update continues from there and a destroy removes what was made.
 */
public final class PartlyDoneException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient Record state;

  /**
   * @param state the resource type's state record, with what was done so far
   * @param message what failed, the facts, and what to do
   */
  public PartlyDoneException(Record state, String message) {
    super(message);
    this.state = state;
  }

  public Record state() {
    return state;
  }
}
