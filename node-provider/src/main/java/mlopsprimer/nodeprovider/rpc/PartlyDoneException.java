package mlopsprimer.nodeprovider.rpc;

/**
 * A create or an update failed after it had done a part of its work. Pulumi stores the state in
 * this exception. The next update continues from that state, and a destroy deletes what was
 * created.
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
