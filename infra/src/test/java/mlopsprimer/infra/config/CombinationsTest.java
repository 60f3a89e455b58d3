package mlopsprimer.infra.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Settings that do not fit together. */
class CombinationsTest {
  private static final Context CONTEXT = Context.withTwoNodes();
  private static final String REGISTRY = "registry.example.com/primer";
  private static final String BUCKET = "s3://models/primer";
  private static final String SERVER = "https://mlflow.example.com";
  private static final String IMAGE = "ghcr.io/mlflow/mlflow@sha256:" + "0".repeat(64);

  /** Settings, and the start of the only problem with them. */
  private record Refused(Map<String, String> settings, String problem) {}

  static Refused[] refused() {
    return new Refused[] {
      new Refused(Map.of("apiMaxReplicas", "6"), "apiMaxReplicas is '6': a store on S3 is needed"),
      new Refused(
          Map.of("apiMaxReplicas", "2", "store", "s3-in-cluster"),
          "apiMaxReplicas is '2': a number above replicas is needed, which is 2"),
      new Refused(
          Map.of("serviceType", "ClusterIP", "nodePort", "31000"),
          "nodePort is '31000': the service type NodePort is needed, and serviceType is ClusterIP"),
      new Refused(
          Map.of("imagePullSecret", "registry"),
          "imagePullSecret is 'registry': imageRegistry is needed"),
      new Refused(
          Map.of("s3Image", "versity/versitygw:v1.9.0"),
          "s3Image is 'versity/versitygw:v1.9.0': the store s3-in-cluster is needed"),
      new Refused(Map.of("store", BUCKET), "store is 's3://models/primer': credentials are needed"),
      new Refused(
          Map.of("store", BUCKET, "s3AccessKey", "KEY", "s3SecretKey", "KEY", "s3Identity", "a=b"),
          "store is 's3://models/primer': credentials of one kind are needed"),
      new Refused(
          Map.of("store", BUCKET, "s3Identity", "a=b", "storageClass", "gp3"),
          "storageClass is 'gp3': the store volume or s3-in-cluster is needed"),
      new Refused(
          Map.of("store", BUCKET, "s3AccessKey", "KEY", "s3Identity", "a=b"),
          "s3SecretKey is 'none': a key is needed, because s3AccessKey is set"),
      new Refused(
          Map.of("s3Endpoint", "https://s3.example.com"),
          "s3Endpoint is 'https://s3.example.com': the store s3://BUCKET/PREFIX is needed"),
      new Refused(
          Map.of("store", BUCKET, "s3Identity", "a=b", "s3ReaderAccessKey", "KEY"),
          "s3ReaderSecretKey is 'none': a key is needed"),
      new Refused(
          Map.of("accessMode", "ReadWriteMany"),
          "accessMode is 'ReadWriteMany': storageClass is needed"),
      new Refused(
          Map.of("storageClass", "gp3", "keepModels", "true"),
          "keepModels is 'true': a volume on a node is needed"),
      new Refused(
          Map.of("mlflow", "true"),
          "mlflowImage is 'none': an image is needed, because mlflow is true"),
      new Refused(
          Map.of("mlflowNodePort", "30950"), "mlflowNodePort is '30950': mlflow must be true"),
      new Refused(
          Map.of("mlflow", SERVER, "mlflowImage", IMAGE),
          "mlflowImage is '%s': mlflow must be true".formatted(IMAGE)),
      new Refused(
          Map.of("mlflow", "true", "mlflowImage", IMAGE, "mlflowToken", "T"),
          "mlflowToken is '(hidden)': mlflow must be the URL of a server"),
      new Refused(
          Map.of("mlflow", SERVER, "mlflowUsername", "reader"),
          "mlflowPassword is 'none': a value is needed, because mlflowUsername is set"),
      new Refused(
          Map.of(
              "mlflow", SERVER, "mlflowUsername", "a", "mlflowPassword", "b", "mlflowToken", "c"),
          "mlflowToken is '(hidden)': mlflowUsername must not be set, too"),
      new Refused(
          Map.of("mlflow", "true", "mlflowImage", IMAGE, "store", BUCKET, "s3Identity", "a=b"),
          "mlflow is 'true': a database is needed in mlflowBackendStore"),
      new Refused(
          Map.of("mlflow", "true", "mlflowImage", IMAGE, "mlflowNodePort", "30951"),
          "mlflowNodePort is '30951': another port than nodePort is needed"),
      new Refused(
          Map.of(
              "mlflow", "true",
              "mlflowImage", IMAGE,
              "mlflowNodePort", "30950",
              "imageRegistry", REGISTRY,
              "storageClass", "gp3"),
          "mlflowNodePort is '30950': mlflowHosts is needed"),
      new Refused(
          Map.of("mlflow", "true", "mlflowImage", "tar:///no/such/mlflow.tar"),
          "mlflowImage is '/no/such/mlflow.tar': a file that exists is needed"),
    };
  }

  @ParameterizedTest
  @MethodSource("refused")
  void aProblemNamesTheSettingAndWhatItNeeds(Refused refused) {
    assertThatThrownBy(() -> CONTEXT.config(refused.settings()))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining(refused.problem());
  }

  @Test
  void everyProblemIsReportedAtOnce() {
    assertThatThrownBy(
            () ->
                CONTEXT.config(
                    Map.of(
                        "apiMaxReplicas", "6",
                        "serviceType", "LoadBalancer",
                        "nodePort", "31000",
                        "s3Cidr", "10.0.0.0/8")))
        .hasMessageContaining("3 problems with the configuration");
  }

  @Test
  void noProblemRepeatsASecret() {
    for (String key : new String[] {"s3AccessKey", "s3SecretKey", "s3ReaderSecretKey"}) {
      assertThatThrownBy(() -> CONTEXT.config(Map.of(key, "s3cret with a blank")))
          .hasMessageContaining(key + " is '(hidden)'")
          .matches(failure -> !failure.getMessage().contains("s3cret"), "has no secret");
      assertThatThrownBy(() -> CONTEXT.config(Map.of(key, "s3cret-of-no-bucket")))
          .hasMessageContaining(key + " is '(hidden)': the store s3://BUCKET/PREFIX is needed")
          .matches(failure -> !failure.getMessage().contains("s3cret"), "has no secret");
    }
  }

  @Test
  void aStackThatChangesNothingOnTheNodesNeedsNoFileAboutThem() {
    Map<String, String> settings =
        Map.of(
            "imageRegistry",
            REGISTRY,
            "store",
            BUCKET,
            "s3Identity",
            "a=b",
            "sshConfig",
            "/nowhere/ssh-config");

    assertThat(CONTEXT.config(settings).nodes()).isEmpty();
    assertThatThrownBy(
            () -> CONTEXT.config(Map.of("imageRegistry", REGISTRY, "sshConfig", "/nowhere/ssh")))
        .hasMessageContaining("sshConfig is '/nowhere/ssh'");
  }

  @Test
  void filesThatDoNotExistAreNamed() {
    assertThatThrownBy(
            () ->
                CONTEXT.config(Map.of("imageRegistry", REGISTRY, "registryCa", "/nowhere/ca.pem")))
        .hasMessageContaining("registryCa is '/nowhere/ca.pem': a file that exists is needed");
  }

  @Test
  void theFingerprintIsThatOfTheContextsCluster(@TempDir Path home) throws IOException {
    String contexts =
        """
        contexts:
          - { name: a, context: { cluster: one } }
          - { name: b, context: { cluster: two } }
        clusters:
          - { name: one, cluster: { server: https://one.example } }
          - { name: two, cluster: { server: https://%s.example } }
        """;
    Path file = home.resolve("config");

    Files.writeString(file, contexts.formatted("two"));
    String a = fingerprint(file, "a");
    String b = fingerprint(file, "b");
    Files.writeString(file, contexts.formatted("another"));

    assertThat(a).isNotEqualTo(b);
    assertThat(fingerprint(file, "a")).isEqualTo(a);
    assertThat(fingerprint(file, "b")).isNotEqualTo(b);
  }

  private static String fingerprint(Path kubeconfig, String context) {
    return CONTEXT
        .config(Map.of("kubeconfig", kubeconfig.toString(), "kubeContext", context))
        .cluster()
        .fingerprint();
  }

  @Test
  void theDefaultsFitTogether() {
    assertThatCode(() -> CONTEXT.config(Map.of())).doesNotThrowAnyException();
  }
}
