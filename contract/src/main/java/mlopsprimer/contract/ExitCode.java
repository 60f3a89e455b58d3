package mlopsprimer.contract;

import java.util.Arrays;
import java.util.Optional;

/**
 * The exit codes of the trainer and the API. The training Job's podFailurePolicy and the README's
 * table of errors refer to these numbers.
 */
public enum ExitCode {
  /** The program succeeded. A training whose challenger was not promoted succeeded, too. */
  OK(0, "done"),
  /**
   * The program failed for a reason that no other code names, such as a bug or a lack of memory.
   */
  INTERNAL(1, "internal error"),
  /** The settings or the command line are wrong. Another run with the same settings fails, too. */
  USAGE(2, "wrong setting"),
  /** The source of prices did not answer. Another run may succeed. */
  UNREACHABLE(10, "source of prices unreachable"),
  /** The prices cannot be used. Another run with the same prices fails, too. */
  BAD_DATA(20, "unusable prices"),
  /** The model store cannot be read or written. */
  STORAGE(40, "model store unusable");

  private final int status;
  private final String meaning;

  /**
   * @param meaning a few words for messages
   */
  ExitCode(int status, String meaning) {
    this.status = status;
    this.meaning = meaning;
  }

  /** The number that the process ends with. */
  public int status() {
    return status;
  }

  /** What the number means, in a few words, such as: unusable prices. */
  public String meaning() {
    return meaning;
  }

  /** The code of a number; empty if no code has this number, such as 137 of a killed process. */
  public static Optional<ExitCode> of(int status) {
    return Arrays.stream(values()).filter(code -> code.status == status).findFirst();
  }
}
