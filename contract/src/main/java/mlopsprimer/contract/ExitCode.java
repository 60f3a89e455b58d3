package mlopsprimer.contract;

/**
 * How the trainer and the API end. The training Job's podFailurePolicy and the README's table of
 * errors refer to these numbers.
 */
public enum ExitCode {
  /** The program did what it was asked to; a challenger that was not promoted is a success too. */
  OK(0),
  /** The program has a bug, or the machine ran out of something. */
  INTERNAL(1),
  /** The settings or the command line are wrong. Another run with them fails too. */
  USAGE(2),
  /** The source of prices did not answer. Another run may succeed. */
  UNREACHABLE(10),
  /** The prices cannot be used. Another run with them fails too. */
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
