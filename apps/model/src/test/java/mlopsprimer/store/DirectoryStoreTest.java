package mlopsprimer.store;

import java.nio.file.Path;
import mlopsprimer.storage.DirectoryStorage;
import mlopsprimer.storage.Storage;
import org.junit.jupiter.api.io.TempDir;

class DirectoryStoreTest extends StoreContract {
  @TempDir Path root;

  @Override
  Storage open() {
    return new DirectoryStorage(root);
  }
}
