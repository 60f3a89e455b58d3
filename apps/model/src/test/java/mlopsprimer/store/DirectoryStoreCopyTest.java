package mlopsprimer.store;

import mlopsprimer.storage.DirectoryStorage;
import mlopsprimer.storage.Storage;

class DirectoryStoreCopyTest extends StoreCopyContract {
  @Override
  Storage open() {
    return new DirectoryStorage(directory.resolve("backup"));
  }
}
