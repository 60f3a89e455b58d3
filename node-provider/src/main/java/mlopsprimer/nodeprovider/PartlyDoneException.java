package mlopsprimer.nodeprovider;

/**
 * A resource that failed half-way: Pulumi keeps what there is of it in its state, so that the next
 * update goes on from there, and a destroy undoes it.
 */
final class PartlyDoneException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient Properties state;

  /**
   * @param state as {@link Kind#create} would have returned it
   */
  PartlyDoneException(Properties state, String message) {
    super(message);
    this.state = state;
  }

  Properties state() {
    return state;
  }
}
