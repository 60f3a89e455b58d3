package mlopsprimer.infra.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mlopsprimer.infra.Stack;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

class ManifestsTest {
  private static final Path CHECKOUT = Path.of("").toAbsolutePath().getParent();
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-25T17:00:00Z"), ZoneOffset.UTC);
  private static final String REGISTRY = "registry.example.com/team/primer/";
  private static final String DIGEST = "@sha256:" + "0".repeat(64);
  private static final Map<String, String> IMAGES =
      Map.of(
          REGISTRY + "ml-trainer", REGISTRY + "ml-trainer" + DIGEST,
          REGISTRY + "ml-api", REGISTRY + "ml-api" + DIGEST);

  private static final String BUCKET =
      """
      config:
        mlops-primer:tickers: [SPY, QQQ]
        mlops-primer:imageRegistry: registry.example.com/team/primer
        mlops-primer:store: s3://my-bucket/primer
        mlops-primer:s3AccessKey: { secure: v1:abc }
        mlops-primer:s3SecretKey: { secure: v1:def }
        mlops-primer:serviceType: ClusterIP
        mlops-primer:apiMaxReplicas: 6
      """;

  @TempDir Path home;

  @Test
  void everyObjectHasAFileAndTheKustomizationListsThem() throws IOException {
    List<String> secrets = write(BUCKET, home.resolve("out"));

    Map<String, Map<String, Object>> files = read(home.resolve("out"));
    assertThat(files.keySet())
        .contains(
            "namespace-mlops-primer.yaml",
            "deployment-prediction-api.yaml",
            "service-prediction-api.yaml",
            "horizontalpodautoscaler-prediction-api.yaml",
            "poddisruptionbudget-prediction-api.yaml",
            "networkpolicy-default-deny.yaml");
    assertThat((List<?>) files.get("kustomization.yaml").get("resources"))
        .map(Object::toString)
        .containsExactlyElementsOf(
            files.keySet().stream().filter(name -> !name.equals("kustomization.yaml")).toList());
    files.values().forEach(file -> assertThat(file).containsKeys("apiVersion", "kind"));
    assertThat(secrets).containsExactly("store-writer");
  }

  /** The program that {@code pulumi up} runs, with an engine that records what it registers. */
  @Test
  void theObjectsAreThoseOfAnUpdate() throws IOException {
    write(BUCKET, home.resolve("out"));
    Stack update =
        Stack.of(
            Map.of(
                "tickers", "[\"SPY\",\"QQQ\"]",
                "imageRegistry", "registry.example.com/team/primer",
                "store", "s3://my-bucket/primer",
                "s3AccessKey", "KEY",
                "s3SecretKey", "KEY",
                "serviceType", "ClusterIP",
                "apiMaxReplicas", "6"));

    Map<String, Object> expected = new TreeMap<>();
    update.registered().stream()
        .filter(made -> made.type.startsWith("kubernetes:"))
        .map(made -> Manifest.of(made.inputs))
        .filter(object -> !object.isSecret() && !object.kind().equals("Job"))
        .forEach(object -> expected.put(object.fileName(), object.content()));
    String digests = "@sha256:(api|trainer|0{64})|:0123456789ab";
    Map<String, Map<String, Object>> files = read(home.resolve("out"));
    expected.forEach(
        (name, content) ->
            assertThat(files.get(name).toString().replaceAll(digests, ""))
                .as(name)
                .isEqualTo(content.toString().replaceAll(digests, "")));
    assertThat(files.keySet().stream().filter(name -> name.startsWith("job-"))).hasSize(1);
    assertThat(files).as("objects, the Job, and the list").hasSize(expected.size() + 2);
  }

  @Test
  void theFilesHaveNoSecretAndNothingThatOnlyPulumiKnows() throws IOException {
    write(BUCKET, home.resolve("out"));

    String all = String.join("\n", texts(home.resolve("out")).values());
    assertThat(all)
        .doesNotContain("pulumi.com/", "mlops-primer/owner", "kind: Secret", "v1:abc", "encrypted")
        .contains(
            "name: store-writer",
            "image: " + REGISTRY + "ml-api" + DIGEST,
            "image: " + REGISTRY + "ml-trainer" + DIGEST)
        .doesNotContainPattern(": [0-9]+[.]0\n");
  }

  @Test
  void equalSettingsGiveEqualBytes() throws IOException {
    write(BUCKET, home.resolve("one"));
    write(BUCKET, home.resolve("other"));

    assertThat(texts(home.resolve("one"))).isEqualTo(texts(home.resolve("other"))).isNotEmpty();
  }

  @Test
  void whatIsNoLongerNeededIsRemoved() throws IOException {
    write(BUCKET, home.resolve("out"));
    write(BUCKET.replace("apiMaxReplicas: 6", "apiMaxReplicas: 0"), home.resolve("out"));

    assertThat(texts(home.resolve("out")))
        .doesNotContainKey("horizontalpodautoscaler-prediction-api.yaml");
  }

  @Test
  void aDirectoryWithOtherFilesIsLeftAsItIs() throws IOException {
    Path out = Files.createDirectory(home.resolve("out"));
    Files.writeString(out.resolve("mine.yaml"), "kind: Mine\n");

    assertThatThrownBy(() -> write(BUCKET, out))
        .isInstanceOf(ManifestException.class)
        .hasMessageContaining("mine.yaml was not written by 'make manifests'");
    assertThat(out).isDirectoryContaining("glob:**/mine.yaml");
  }

  @Test
  void aSecretInPlainTextIsRefused() {
    String plain = BUCKET.replace("{ secure: v1:def }", "in-plain-text");

    assertThatThrownBy(() -> write(plain, home.resolve("out")))
        .isInstanceOf(ManifestException.class)
        .hasMessageContaining("s3SecretKey is in plain text")
        .hasMessageContaining("pulumi config set --secret s3SecretKey")
        .matches(failure -> !failure.getMessage().contains("in-plain-text "), "has no secret");
  }

  @Test
  void anotherSettingThatIsEncryptedIsRefused() {
    String encrypted = BUCKET + "  mlops-primer:s3Region: { secure: v1:ghi }\n";

    assertThatThrownBy(() -> write(encrypted, home.resolve("out")))
        .isInstanceOf(ManifestException.class)
        .hasMessageContaining("s3Region is encrypted in")
        .hasMessageContaining("pulumi config set --plaintext s3Region");
  }

  /** Kubernetes refuses a change of the pods of a Job that exists. */
  @ParameterizedTest
  @ValueSource(
      strings = {"s3Region: eu-central-1", "imagePullSecret: registry", "trainingParallelism: 1"})
  void aJobWithOtherPodsHasAnotherName(String setting) throws IOException {
    write(BUCKET, home.resolve("one"));
    write(BUCKET + "  mlops-primer:" + setting + "\n", home.resolve("other"));

    assertThat(job(home.resolve("other")))
        .matches("job-train-[0-9a-f]{12}[.]yaml")
        .isNotEqualTo(job(home.resolve("one")));
  }

  private static String job(Path directory) throws IOException {
    return texts(directory).keySet().toString().replaceAll(".*(job-[^,]*),.*", "$1");
  }

  @Test
  void aStackThatUsesTheNodesIsRefused() {
    assertThatThrownBy(
            () ->
                write(
                    "config:\n  mlops-primer:imageRegistry: registry.example.com/primer\n",
                    home.resolve("out")))
        .hasMessageContaining("set imageRegistry, and set storageClass or store to a bucket");
  }

  @Test
  void theExampleOfAManagedClusterGivesManifests() throws IOException {
    String example = Files.readString(CHECKOUT.resolve("Pulumi.managed.yaml.example"));

    assertThat(write(example, home.resolve("out"))).as("Secrets that are needed").isEmpty();
    assertThat(texts(home.resolve("out")))
        .containsKeys("serviceaccount-store-reader.yaml", "serviceaccount-store-writer.yaml");
  }

  @Test
  void theImagesToPushFollowFromTheSettings() throws IOException {
    assertThat(manifests(BUCKET).images())
        .hasSize(2)
        .allMatch(line -> line.endsWith(" auto -"))
        .anyMatch(line -> line.startsWith("api " + REGISTRY + "ml-api apps/api "));
  }

  @Test
  void credentialsOfAnMlflowServerAreNotAmongTheManifests() throws IOException {
    String settings =
        BUCKET
            + "  mlops-primer:mlflow: https://mlflow.example.com\n  mlops-primer:mlflowToken: { secure: v1:abc }\n";
    assertThat(write(settings, home.resolve("out"))).contains("mlflow-credentials");
    assertThat(texts(home.resolve("out")).keySet())
        .contains("networkpolicy-api-tracks.yaml", "networkpolicy-trainer-tracks.yaml");
    assertThatThrownBy(() -> manifests(settings.replace("{ secure: v1:abc }", "open")))
        .hasMessageContaining("s in plain text");
  }

  @Test
  void theImageOfAnMlflowServerIsPulledOrPushedFromItsArchive() throws IOException {
    Path archive = Files.writeString(home.resolve("mlflow.tar"), "an image");
    String image = "ghcr.io/mlflow/mlflow" + DIGEST;
    String own =
        BUCKET.replaceAll("(?m)^  mlops-primer:(store|s3|apiMax).*\n", "")
            + "  mlops-primer:storageClass: gp3\n  mlops-primer:mlflow: true\n"
            + "  mlops-primer:mlflowImage: ";
    write(own + image + "\n", home.resolve("own"));
    assertThat(texts(home.resolve("own")).get("deployment-mlflow.yaml"))
        .contains("image: " + image);
    assertThat(manifests(own + "tar://" + archive + "\n").images())
        .contains("mlflow %sml-mlflow - tar://%s auto -".formatted(REGISTRY, archive));
  }

  private List<String> write(String stackFile, Path directory) throws IOException {
    return manifests(stackFile).write(directory, IMAGES);
  }

  private Manifests manifests(String stackFile) throws IOException {
    Path file = Files.writeString(home.resolve("Pulumi.test.yaml"), stackFile);
    return Manifests.read(file, CHECKOUT, CLOCK);
  }

  private static Map<String, Map<String, Object>> read(Path directory) throws IOException {
    return texts(directory).entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                file -> new Yaml().<Map<String, Object>>load(file.getValue()),
                (a, b) -> a,
                TreeMap::new));
  }

  private static Map<String, String> texts(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.collect(
          Collectors.toMap(
              file -> file.getFileName().toString(),
              ManifestsTest::text,
              (a, b) -> a,
              TreeMap::new));
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
