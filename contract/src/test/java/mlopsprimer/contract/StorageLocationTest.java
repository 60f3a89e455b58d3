package mlopsprimer.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import mlopsprimer.contract.StorageLocation.Bucket;
import mlopsprimer.contract.StorageLocation.Directory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorageLocationTest {
  @Test
  void aTextWithTheSchemeOfS3IsABucketWithAPrefix() {
    assertThat(StorageLocation.of("s3://my-bucket/models/v1"))
        .isEqualTo(new Bucket("my-bucket", "models/v1"))
        .hasToString("s3://my-bucket/models/v1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3://my-bucket", "s3://my-bucket/"})
  void aBucketNeedsNoPrefix(String text) {
    assertThat(StorageLocation.of(text))
        .isEqualTo(new Bucket("my-bucket", ""))
        .hasToString("s3://my-bucket");
  }

  @Test
  void aSlashAtTheEndOfAPrefixIsLeftOut() {
    assertThat(StorageLocation.of("s3://my-bucket/models/"))
        .isEqualTo(StorageLocation.of("s3://my-bucket/models"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"models", "/var/lib/models", "../models", "a b/ü", "s3/models", "."})
  void anotherTextIsADirectory(String text) {
    assertThat(StorageLocation.of(text)).isEqualTo(new Directory(Path.of(text))).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "s3://",
        "s3:///models",
        "s3:/bucket/models",
        "s3:bucket",
        "S3://bucket",
        "https://bucket.s3.amazonaws.com/models",
        "s3://Bucket/models",
        "s3://ab",
        "s3://-bucket",
        "s3://bucket-",
        "s3://a..b",
        "s3://127.0.0.1/models",
        "s3://bucket:9000/models",
        "s3://user:secret@bucket/models",
        "s3://bucket//models",
        "s3://bucket/../models",
        "s3://bucket/models/..",
        "s3://bucket/.hidden",
        "s3://bucket/a b",
        "s3://bucket/a%2Fb",
        "s3://bucket/ü",
        "s3://bucket/models?versionId=1",
        "s3://bucket/a\nb"
      })
  void aTextThatIsNeitherIsRefused(String text) {
    assertThatThrownBy(() -> StorageLocation.of(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aPrefixThatIsTooLongIsRefused() {
    assertThat(new Bucket("bucket", "a".repeat(200)).prefix()).hasSize(200);
    assertThatThrownBy(() -> new Bucket("bucket", "a".repeat(201)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
