package mlopsprimer.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import mlopsprimer.contract.AppSettings;
import mlopsprimer.contract.BaseUrl;
import mlopsprimer.contract.SettingGroup.Spelling;
import mlopsprimer.contract.StorageLocation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoragesTest {
  private static final String KEY = "champions/SPY.json";

  @TempDir Path directory;

  @Test
  void aDirectoryAndABucketAreOpenedByTheirLocation() {
    try (Storage files = open(directory.toString(), Map.of());
        Storage bucket =
            open("s3://my-bucket/models", Map.of("s3-endpoint", "http://127.0.0.1:9000"))) {
      assertThat(files.describe(KEY)).isEqualTo(directory.resolve(KEY).toString());
      assertThat(bucket.describe(KEY)).isEqualTo("s3://my-bucket/models/" + KEY);
    }
  }

  @Test
  void urlsHaveTheBucketInTheirPathIfThereIsAnEndpointUnlessTheSettingSaysOtherwise() {
    assertThat(options(Map.of())).isEqualTo(new S3Options(Optional.empty(), "us-east-1", false));
    Optional<BaseUrl> endpoint = Optional.of(BaseUrl.of("https://s3.example.com"));
    assertThat(options(Map.of("s3-endpoint", "https://s3.example.com", "s3-region", "eu-west-1")))
        .isEqualTo(new S3Options(endpoint, "eu-west-1", true));
    assertThat(options(Map.of("s3-endpoint", "https://s3.example.com", "s3-path-style", "false")))
        .isEqualTo(new S3Options(endpoint, "us-east-1", false));
    assertThat(options(Map.of("s3-path-style", "true")))
        .isEqualTo(new S3Options(Optional.empty(), "us-east-1", true));
  }

  @Test
  void aDirectoryNeedsNoClassOfTheAwsSdk() throws Exception {
    URL[] project = {classesOf(Storages.class), classesOf(StorageLocation.class)};
    try (URLClassLoader loader =
        new URLClassLoader(project, ClassLoader.getPlatformClassLoader())) {
      assertThatThrownBy(() -> loader.loadClass("software.amazon.awssdk.services.s3.S3Client"))
          .isInstanceOf(ClassNotFoundException.class);
      Object location =
          loader
              .loadClass(StorageLocation.class.getName())
              .getMethod("of", String.class)
              .invoke(null, directory.resolve("models").toString());
      Class<?> storages = loader.loadClass(Storages.class.getName());
      Object storage =
          Arrays.stream(storages.getMethods())
              .filter(each -> each.getName().equals("open"))
              .findFirst()
              .orElseThrow()
              .invoke(null, location, null);

      Object tag =
          loader
              .loadClass(Storage.class.getName())
              .getMethod("putIfAbsent", String.class, byte[].class)
              .invoke(storage, KEY, new byte[] {1});
      assertThat((Optional<?>) tag).isPresent();
    }
    assertThat(directory.resolve("models").resolve(KEY)).isRegularFile();
  }

  private static URL classesOf(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation();
  }

  private static Storage open(String location, Map<String, String> settings) {
    return Storages.open(StorageLocation.of(location), options(settings));
  }

  private static S3Options options(Map<String, String> settings) {
    return S3Options.of(
        AppSettings.OF_STORAGE.read(
            Spelling.FLAG, setting -> Optional.ofNullable(settings.get(setting.name()))));
  }
}
