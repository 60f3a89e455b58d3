package mlopsprimer.store;

import mlopsprimer.fixtures.MemoryStorage;
import mlopsprimer.storage.Storage;

class MemoryStoreTest extends StoreContract {
  @Override
  Storage open() {
    return new MemoryStorage();
  }
}
