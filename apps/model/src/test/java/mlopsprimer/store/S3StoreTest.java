package mlopsprimer.store;

import mlopsprimer.storage.Storage;
import mlopsprimer.storage.VersityGateway;
import org.junit.jupiter.api.extension.RegisterExtension;

class S3StoreTest extends StoreContract {
  @RegisterExtension static final VersityGateway SERVER = new VersityGateway();

  @Override
  Storage open() {
    return SERVER.open(SERVER.newBucket());
  }
}
