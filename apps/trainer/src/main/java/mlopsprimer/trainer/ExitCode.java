package mlopsprimer.trainer;

import mlopsprimer.forest.CorruptModelException;
import mlopsprimer.prices.BadDataException;
import mlopsprimer.settings.SettingsException;
import mlopsprimer.store.StorageException;
import mlopsprimer.trainer.source.SourceUnreachableException;

/** What a run tells its caller; the Job's podFailurePolicy acts on it. */
enum ExitCode {
  /** Done; also when the challenger was not promoted. */
  OK(0),
  /** A bug, or the machine gave out. */
  INTERNAL(1),
  /** The settings are wrong; running again does not help. */
  USAGE(2),
  /** The source of prices did not answer; running again may help. */
  UNREACHABLE(10),
  /** The prices cannot be used; running again does not help. */
  BAD_DATA(20),
  /** The store cannot be read or written. */
  STORAGE(40);

  final int status;

  ExitCode(int status) {
    this.status = status;
  }

  static ExitCode of(Throwable failure) {
    if (failure instanceof SettingsException) {
      return USAGE;
    } else if (failure instanceof SourceUnreachableException) {
      return UNREACHABLE;
    } else if (failure instanceof BadDataException) {
      return BAD_DATA;
    } else if (failure instanceof StorageException || failure instanceof CorruptModelException) {
      return STORAGE;
    }
    return INTERNAL;
  }
}
