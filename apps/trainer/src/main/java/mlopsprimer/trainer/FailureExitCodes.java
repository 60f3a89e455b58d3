package mlopsprimer.trainer;

import mlopsprimer.contract.ExitCode;
import mlopsprimer.contract.SettingsException;
import mlopsprimer.forest.CorruptModelException;
import mlopsprimer.prices.BadDataException;
import mlopsprimer.storage.StorageException;
import mlopsprimer.trainer.source.SourceUnreachableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Maps a failure of the trainer to its exit code. */
final class FailureExitCodes {
  private static final Logger LOG = LoggerFactory.getLogger(FailureExitCodes.class);

  private FailureExitCodes() {}

  /** The exit code of a failure, which is logged if it is a fault of the program. */
  static ExitCode logged(Throwable failure) {
    ExitCode code = of(failure);
    if (code == ExitCode.INTERNAL) {
      LOG.atError().setCause(failure).log("internal-error");
    }
    return code;
  }

  /** What the user reads about a failure. */
  static String message(Throwable failure) {
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }

  static ExitCode of(Throwable failure) {
    if (failure instanceof SettingsException) {
      return ExitCode.USAGE;
    } else if (failure instanceof SourceUnreachableException) {
      return ExitCode.UNREACHABLE;
    } else if (failure instanceof BadDataException) {
      return ExitCode.BAD_DATA;
    } else if (failure instanceof StorageException || failure instanceof CorruptModelException) {
      return ExitCode.STORAGE;
    }
    return ExitCode.INTERNAL;
  }
}
