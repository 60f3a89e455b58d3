package mlopsprimer.storage;

import static org.assertj.core.api.Assertions.assertThat;

import mlopsprimer.contract.StorageLocation.Bucket;
import mlopsprimer.storage.Storage.Listed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The contract on a real SERVER. */
class S3StorageTest extends StorageContract {
  @RegisterExtension static final VersityGateway SERVER = new VersityGateway();

  private Bucket bucket;

  @Override
  Storage open() {
    if (bucket == null) {
      bucket = SERVER.newBucket();
    }
    return open(bucket);
  }

  private static Storage open(Bucket bucket) {
    return S3Storage.open(
        bucket,
        VersityGateway.options(SERVER.port()),
        S3Timeouts.DEFAULT,
        VersityGateway.CREDENTIALS);
  }

  @Test
  void anObjectHasThePrefixOfTheLocationInTheBucket() {
    try (Storage storage = open()) {
      storage.putIfAbsent("champions/%5EGSPC.json", bytes("one"));

      assertThat(SERVER.client().listObjectsV2(list -> list.bucket(bucket.name())).contents())
          .extracting(S3Object::key)
          .containsExactly("models/v1/champions/%5EGSPC.json");
      assertThat(storage.describe("champions/%5EGSPC.json"))
          .isEqualTo("s3://%s/models/v1/champions/%%5EGSPC.json".formatted(bucket.name()));
    }
  }

  @Test
  void storesOfTwoPrefixesDoNotSeeEachOther() {
    try (Storage one = open();
        Storage longer = open(new Bucket(bucket.name(), "models/v10"));
        Storage whole = open(new Bucket(bucket.name(), ""))) {
      one.putIfAbsent("latest/SPY.json", bytes("one"));
      longer.putIfAbsent("latest/SPY.json", bytes("two"));

      assertThat(one.list("latest/")).hasSize(1);
      assertThat(longer.read("latest/SPY.json", 9).orElseThrow().bytes()).isEqualTo(bytes("two"));
      assertThat(whole.list("models/"))
          .extracting(Listed::key)
          .containsExactly("models/v1/latest/SPY.json", "models/v10/latest/SPY.json");
    }
  }

  @Test
  void objectsThatOtherToolsMadeAreListedIfTheirNamesAreKeys() {
    try (Storage storage = open()) {
      for (String key : new String[] {"latest/", "latest/SPY.json", "latest/a b", "latest/.x"}) {
        SERVER
            .client()
            .putObject(
                put -> put.bucket(bucket.name()).key("models/v1/" + key),
                key.endsWith("/") ? RequestBody.empty() : RequestBody.fromString("x"));
      }

      assertThat(storage.list("latest/"))
          .extracting(Listed::key)
          .containsExactly("latest/SPY.json");
    }
  }
}
