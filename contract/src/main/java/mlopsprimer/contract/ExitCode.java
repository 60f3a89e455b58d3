package mlopsprimer.contract;

/**
 * The exit codes of the trainer and the API. The training Job's podFailurePolicy and the README's
 * table of errors refer to these numbers.
 */
public enum ExitCode {
  /** The program succeeded. A training whose challenger was not promoted succeeded, too. */
  OK(0),
  /**
   * The program failed for a reason that no other code names, such as a bug or a lack of memory.
   */
  INTERNAL(1),
  /** The settings or the command line are wrong. Another run with the same settings fails, too. */
  USAGE(2),
  /** The source of prices did not answer. Another run may succeed. */
  UNREACHABLE(10),
  /** The prices cannot be used. Another run with the same prices fails, too. */
  BAD_DATA(20),
  /** The model store cannot be read or written. */
  STORAGE(40);

  private final int status;

  ExitCode(int status) {
    this.status = status;
  }

  /** The number that the process ends with. */
  public int status() {
    return status;
  }
}
