package mlopsprimer.trainer;

import mlopsprimer.contract.ExitCode;
import mlopsprimer.contract.SettingsException;
import mlopsprimer.forest.CorruptModelException;
import mlopsprimer.prices.BadDataException;
import mlopsprimer.store.StorageException;
import mlopsprimer.trainer.source.SourceUnreachableException;

/** Maps a failure of the trainer to its exit code. */
final class FailureExitCodes {
  private FailureExitCodes() {}

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
