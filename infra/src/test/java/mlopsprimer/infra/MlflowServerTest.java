package mlopsprimer.infra;

import static mlopsprimer.infra.Stack.at;
import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.test.Mocks.ResourceArgs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The MLflow server that a stack runs itself, and one that exists. */
class MlflowServerTest {
  private static final String DEPLOYMENT = "kubernetes:apps/v1:Deployment";
  private static final String JOB = "kubernetes:batch/v1:Job";
  private static final String CRON_JOB = "kubernetes:batch/v1:CronJob";
  private static final String SERVICE = "kubernetes:core/v1:Service";
  private static final String SECRET = "kubernetes:core/v1:Secret";
  private static final String POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
  private static final String POD = "spec/template/spec/";
  private static final String CONTAINER = POD + "containers/0/";
  private static final String URL = "http://mlflow.mlops-primer.svc:5000";
  private static final String IMAGE = "ghcr.io/mlflow/mlflow:v3.17.2-full@sha256:" + "1".repeat(64);

  private static final Map<String, String> OWN = Map.of("mlflow", "true", "mlflowImage", IMAGE);
  private static final Stack STACK = Stack.of(OWN);

  @Test
  void theServerIsARestrictedPodThatSeesItsOwnDirectoryOfTheVolumeOnly() {
    Map<String, Object> server = server(STACK);

    assertThat(STACK.result().errors()).isEmpty();
    assertThat(at(server, "spec/strategy/type")).isEqualTo("Recreate");
    assertThat(at(server, CONTAINER + "image")).isEqualTo(IMAGE);
    assertThat(at(server, CONTAINER + "command"))
        .isEqualTo(List.of("python3", "-m", "mlflow", "server"));
    assertThat(at(server, CONTAINER + "securityContext/readOnlyRootFilesystem")).isEqualTo(true);
    assertThat(at(server, CONTAINER + "securityContext/runAsUser")).isEqualTo(10_001.0);
    assertThat(at(server, CONTAINER + "readinessProbe/httpGet/path")).isEqualTo("/health");
    assertThat(at(server, CONTAINER + "resources/limits/memory")).isEqualTo("1Gi");
    assertThat(at(server, CONTAINER + "volumeMounts/0/mountPath")).isEqualTo("/tmp");
    assertThat(at(server, CONTAINER + "volumeMounts/1/mountPath")).isEqualTo("/data");
    assertThat(at(server, CONTAINER + "volumeMounts/1/subPath")).isEqualTo("mlflow");
    assertThat(at(server, POD + "automountServiceAccountToken")).isEqualTo(false);
    assertThat(argument(server, "--artifacts-destination")).isEqualTo("/data/artifacts");
    assertThat(argument(server, "--backend-store-uri")).isEqualTo("sqlite:////data/mlflow.db");
  }

  @Test
  void thePodsOfBothAppsKnowTheServer() {
    assertThat(variables(STACK.only(JOB).inputs, CONTAINER))
        .containsEntry("MLFLOW_TRACKING_URI", URL);
    assertThat(variables(deployment(STACK, "prediction-api"), CONTAINER))
        .containsEntry("MLFLOW_TRACKING_URI", URL);
    for (ResourceArgs nightly : STACK.ofType(CRON_JOB)) {
      assertThat(variables(nightly.inputs, "spec/jobTemplate/" + CONTAINER))
          .containsEntry("MLFLOW_TRACKING_URI", URL);
    }
  }

  @Test
  void noTrainingStartsBeforeTheServerAnswers() {
    assertThat(Stack.of(OWN, "node-provider:index:Rollout").types()).doesNotContain(JOB, CRON_JOB);
    assertThat(Stack.of(OWN, DEPLOYMENT).types()).doesNotContain(JOB, CRON_JOB);
  }

  /** MLflow asks for no password. */
  @Test
  void onlyThePodsOfTheStackReachAServerWithoutAPortOnTheNodes() {
    assertThat(at(service(STACK), "spec/type")).isEqualTo("ClusterIP");
    assertThat(argument(server(STACK), "--allowed-hosts"))
        .isEqualTo(
            "localhost:*,127.0.0.1:*,mlflow:5000,mlflow.mlops-primer:5000,mlflow.mlops-primer.svc:5000,mlflow.mlops-primer.svc.cluster.local:5000");
    assertThat(arguments(server(STACK))).doesNotContain("--cors-allowed-origins");
    Map<String, Object> answers = policy(STACK, "mlflow-answers");
    assertThat(component(answers, "spec/ingress/0/from/0/")).isEqualTo("trainer");
    assertThat(component(answers, "spec/ingress/1/from/0/")).isEqualTo("api");
    assertThat(component(policy(STACK, "trainer-tracks"), "spec/egress/1/to/0/"))
        .isEqualTo("mlflow");
    assertThat(component(policy(STACK, "api-tracks"), "spec/egress/1/to/0/")).isEqualTo("mlflow");
    assertThat(names(STACK, POLICY)).doesNotContain("mlflow-writes", "store-answers-mlflow");
    assertThat(STACK.only("node-provider:index:Ownership").inputs)
        .doesNotContainKey("mlflowNodePort");
  }

  @Test
  void everyoneReachesAServerWithAPortOnTheNodesByTheAddressesOfTheNodes() {
    Stack stack =
        Stack.of(
            AnyCluster.with(
                OWN, Map.of("mlflowNodePort", "30950", "mlflowHosts", "ml.example.com")));

    assertThat(stack.result().errors()).isEmpty();
    assertThat(at(service(stack), "spec/type")).isEqualTo("NodePort");
    assertThat(at(service(stack), "spec/ports/0/nodePort")).isEqualTo(30_950.0);
    assertThat(argument(server(stack), "--allowed-hosts"))
        .endsWith(",192.168.56.10:30950,192.168.56.21:30950,ml.example.com");
    assertThat(argument(server(stack), "--cors-allowed-origins"))
        .contains("http://192.168.56.21:30950", "https://ml.example.com");
    assertThat(at(policy(stack, "mlflow-answers"), "spec/ingress/0/from")).isNull();
    assertThat(rollout(stack).inputs).containsEntry("url", "http://192.168.56.21:30950/health");
    assertThat(stack.only("node-provider:index:Ownership").inputs)
        .containsEntry("mlflowNodePort", 30_950.0);
  }

  @Test
  void artifactsAreBesideTheModelsInTheServerOfTheStack() {
    Stack stack = Stack.of(AnyCluster.with(OWN, Map.of("store", "s3-in-cluster")));
    Map<String, Object> server = server(stack);

    assertThat(stack.result().errors()).isEmpty();
    assertThat(argument(server, "--artifacts-destination")).isEqualTo("s3://models/primer/mlflow");
    assertThat(variables(server, CONTAINER))
        .containsEntry("MLFLOW_S3_ENDPOINT_URL", "http://store.mlops-primer.svc:7070")
        .containsKeys("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION");
    assertThat(component(policy(stack, "store-answers-mlflow"), "spec/ingress/0/from/0/"))
        .isEqualTo("mlflow");
    assertThat(at(policy(stack, "mlflow-writes"), "spec/egress/1/ports/0/port")).isEqualTo(7070.0);
  }

  @Test
  void aBucketAndADatabaseNeedNoVolumeAndNoStop() {
    Stack stack =
        Stack.of(
            AnyCluster.with(
                AnyCluster.BUCKET,
                AnyCluster.with(
                    OWN,
                    Map.of("mlflowBackendStore", "postgresql://u:s3cret@db.example.com/mlflow"))));
    Map<String, Object> server = server(stack);

    assertThat(stack.result().errors()).isEmpty();
    assertThat(at(server, "spec/strategy/type")).isEqualTo("RollingUpdate");
    assertThat((List<?>) at(server, POD + "volumes")).hasSize(1);
    assertThat(arguments(server)).doesNotContain("--backend-store-uri");
    assertThat(argument(server, "--artifacts-destination"))
        .isEqualTo("s3://my-bucket/primer/mlflow");
    assertThat(variables(server, CONTAINER))
        .containsEntry("MLFLOW_BACKEND_STORE_URI", "mlflow-backend-store");
    assertThat(at(policy(stack, "mlflow-writes"), "spec/egress/1/ports/0/port")).isEqualTo(9000.0);
    assertThat(at(policy(stack, "mlflow-writes"), "spec/egress/2/ports/0/port")).isEqualTo(5432.0);
    assertNobodySees(stack, "s3cret");
  }

  @Test
  void theServerRunsOnTheNodeThatHasTheVolume() {
    Stack volume = Stack.of(AnyCluster.with(AnyCluster.PROVISIONED, OWN));
    Stack s3 =
        Stack.of(
            AnyCluster.with(
                AnyCluster.PROVISIONED, AnyCluster.with(OWN, Map.of("store", "s3-in-cluster"))));
    String term =
        POD
            + "affinity/podAffinity/requiredDuringSchedulingIgnoredDuringExecution/0/labelSelector/";

    assertThat(at(server(volume), term + "matchLabels/app.kubernetes.io~instance"))
        .isEqualTo("mlops-primer");
    assertThat(at(server(s3), term + "matchLabels/app.kubernetes.io~component")).isEqualTo("store");
    assertThat(at(server(STACK), POD + "affinity")).isNull();
  }

  @Test
  void anImageInAnArchiveReachesTheNodesLikeThoseOfTheApps(@TempDir Path home) throws IOException {
    Path archive = Files.writeString(home.resolve("mlflow.tar"), "an image");
    Stack stack = Stack.of(Map.of("mlflow", "true", "mlflowImage", "tar://" + archive));

    assertThat(stack.result().errors()).isEmpty();
    assertThat(at(server(stack), CONTAINER + "image"))
        .isEqualTo("localhost/ml-mlflow:0123456789ab");
    assertThat(stack.ofType("node-provider:index:NodeImport")).hasSize(3);
    assertThat((List<?>) stack.only("node-provider:index:Ownership").inputs.get("images"))
        .hasSize(3);
  }

  @Test
  void aServerThatExistsGivesThePodsItsUrlAndTheirCredentialsAndNothingElse() {
    Map<String, String> settings =
        Map.of(
            "mlflow", "https://mlflow.example.com:8443",
            "mlflowUsername", "primer",
            "mlflowPassword", "s3cret");
    Stack stack = Stack.of(settings);
    Map<String, String> variables = variables(stack.only(JOB).inputs, CONTAINER);

    assertThat(stack.result().errors()).isEmpty();
    assertThat(names(stack, DEPLOYMENT)).containsExactly("prediction-api");
    assertThat(variables)
        .containsEntry("MLFLOW_TRACKING_URI", "https://mlflow.example.com:8443")
        .containsEntry("MLFLOW_TRACKING_PASSWORD", "mlflow-credentials")
        .containsEntry("MLFLOW_TRACKING_USERNAME", "mlflow-credentials");
    assertThat(at(policy(stack, "api-tracks"), "spec/egress/1/ports/0/port")).isEqualTo(8443.0);
    assertNobodySees(stack, "s3cret");
    assertThat(Stack.of(Map.of("mlflow", "http://mlflow.example.com")).types())
        .doesNotContain(SECRET);
  }

  @Test
  void withoutTheSettingNothingOfTheStackNamesMlflow() {
    for (ResourceArgs made : Stack.of(Map.of()).registered()) {
      assertThat(made.name + made.inputs).as(made.type).doesNotContainIgnoringCase("mlflow");
    }
  }

  private static void assertNobodySees(Stack stack, String secret) {
    for (ResourceArgs made : stack.registered()) {
      if (!made.type.equals(SECRET)) {
        assertThat(made.inputs.toString()).as(made.type).doesNotContain(secret);
      }
    }
  }

  private static Map<String, Object> server(Stack stack) {
    return deployment(stack, "mlflow");
  }

  private static Map<String, Object> deployment(Stack stack, String name) {
    return named(stack, DEPLOYMENT, name).inputs;
  }

  private static Map<String, Object> service(Stack stack) {
    return named(stack, SERVICE, "mlflow").inputs;
  }

  private static Map<String, Object> policy(Stack stack, String name) {
    return named(stack, POLICY, name).inputs;
  }

  private static ResourceArgs rollout(Stack stack) {
    return named(stack, "node-provider:index:Rollout", "mlflow");
  }

  private static ResourceArgs named(Stack stack, String type, String name) {
    return stack.ofType(type).stream()
        .filter(made -> made.name.equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no %s %s".formatted(type, name)));
  }

  private static List<String> names(Stack stack, String type) {
    return stack.ofType(type).stream().map(made -> made.name).toList();
  }

  private static Object component(Map<String, Object> policy, String path) {
    return at(policy, path + "podSelector/matchLabels/app.kubernetes.io~component");
  }

  private static List<Object> arguments(Map<String, Object> server) {
    return List.copyOf((List<?>) at(server, CONTAINER + "args"));
  }

  private static String argument(Map<String, Object> server, String name) {
    List<Object> all = arguments(server);
    return String.valueOf(all.get(all.indexOf(name) + 1));
  }

  /** The values of a container's variables, or the names of the Secrets that have them. */
  private static Map<String, String> variables(Map<String, Object> inputs, String container) {
    return ((List<?>) at(inputs, container + "env"))
        .stream()
            .collect(
                Collectors.toMap(
                    variable -> String.valueOf(at(variable, "name")),
                    variable ->
                        String.valueOf(
                            at(variable, "valueFrom") == null
                                ? at(variable, "value")
                                : at(variable, "valueFrom/secretKeyRef/name"))));
  }
}
