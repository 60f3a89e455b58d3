package mlopsprimer.infra;

import static mlopsprimer.infra.Stack.at;
import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.test.Mocks.ResourceArgs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The S3 server that a stack runs itself. */
class S3ServerTest {
  private static final String DEPLOYMENT = "kubernetes:apps/v1:Deployment";
  private static final String JOB = "kubernetes:batch/v1:Job";
  private static final String POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
  private static final String SECRET = "kubernetes:core/v1:Secret";
  private static final String CREDENTIALS = "node-provider:index:Credentials";
  private static final String POD = "spec/template/spec/";

  private static final Stack STACK = Stack.of(Map.of("store", "s3-in-cluster"));

  @Test
  void twoProcessesServeOneDirectoryAndOneOfThemOnlyReads() {
    Map<String, Object> server = server(STACK);

    assertThat(STACK.result().errors()).isEmpty();
    assertThat(at(server, "spec/strategy/type")).isEqualTo("Recreate");
    assertThat(at(server, POD + "containers/0/args"))
        .isEqualTo(List.of("--port", ":7070", "--health", "/health", "--quiet", "posix", "/data"));
    assertThat(at(server, POD + "containers/1/args"))
        .isEqualTo(
            List.of(
                "--port",
                ":7071",
                "--health",
                "/health",
                "--quiet",
                "--readonly",
                "posix",
                "/data"));
    for (int i = 0; i < 2; i++) {
      String container = POD + "containers/%d/".formatted(i);
      assertThat(at(server, container + "image")).isEqualTo("versity/versitygw:v1.8.0");
      assertThat(at(server, container + "volumeMounts/1/mountPath")).isEqualTo("/data/models");
      assertThat(at(server, container + "volumeMounts/1/readOnly")).isEqualTo(i == 1);
      assertThat(at(server, container + "readinessProbe/httpGet/path")).isEqualTo("/health");
      assertThat(at(server, container + "securityContext/readOnlyRootFilesystem")).isEqualTo(true);
      assertThat(at(server, container + "securityContext/capabilities/drop"))
          .isEqualTo(List.of("ALL"));
      assertThat(at(server, container + "resources/limits/memory")).isEqualTo("128Mi");
    }
    assertThat(at(server, POD + "securityContext/seccompProfile/type")).isEqualTo("RuntimeDefault");
    assertThat(at(server, POD + "automountServiceAccountToken")).isEqualTo(false);
  }

  @Test
  void theTrainerWritesAndTheApiReadsWithCredentialsOfItsOwn() {
    assertThat(endpoint(JOB, "trainer")).isEqualTo("http://store.mlops-primer.svc:7070");
    assertThat(endpoint(DEPLOYMENT, "api")).isEqualTo("http://store.mlops-primer.svc:7071");
    assertThat(STACK.ofType(CREDENTIALS))
        .extracting(made -> made.inputs.get("user"))
        .containsExactlyInAnyOrder("WRITER", "READER");
    assertThat(STACK.ofType(SECRET))
        .extracting(made -> at(made.inputs, "stringData/AWS_SECRET_ACCESS_KEY"))
        .containsExactlyInAnyOrder(
            "never-in-plain-text-store-writer", "never-in-plain-text-store-reader");
    for (ResourceArgs made : STACK.registered()) {
      if (!made.type.equals(SECRET)) {
        assertThat(made.inputs.toString()).as(made.type).doesNotContain("never-in-plain-text");
      }
    }
  }

  @Test
  void onlyTheTrainerAndTheApiReachTheServer() {
    Map<String, Object> answers = policy("store-answers");

    assertThat(at(answers, "spec/podSelector/matchLabels"))
        .isEqualTo(at(server(STACK), "spec/selector/matchLabels"));
    assertThat(ingress(answers, 0)).containsExactly("trainer", 7070.0);
    assertThat(ingress(answers, 1)).containsExactly("api", 7071.0);
    assertThat(at(policy("api-reads"), "spec/egress/1/ports/0/port")).isEqualTo(7071.0);
    assertThat(at(policy("trainer-writes"), "spec/egress/1/ports/0/port")).isEqualTo(7070.0);
    assertThat(
            at(
                policy("api-reads"),
                "spec/egress/1/to/0/podSelector/matchLabels/app.kubernetes.io~component"))
        .isEqualTo("store");
  }

  @Test
  void theServerKeepsTheObjectsOnTheVolumeOfTheStack() {
    assertThat(STACK.types()).contains("node-provider:index:NodeDirectory");
    Stack provisioned =
        Stack.of(AnyCluster.with(AnyCluster.PROVISIONED, Map.of("store", "s3-in-cluster")));

    assertThat(provisioned.result().errors()).isEmpty();
    assertThat(provisioned.types()).doesNotContain("node-provider:index:NodeDirectory");
    assertThat(at(server(provisioned), POD + "volumes/1/persistentVolumeClaim/claimName"))
        .isEqualTo("store");
    assertThat(at(server(provisioned), POD + "affinity")).isNull();
  }

  /** Pulumi replaces a Job whose pods change. */
  @Test
  void theJobRunsAgainIfTheDirectoryOfTheModelsWasLost() {
    String made = "spec/template/metadata/annotations/mlops-primer~store-made";
    Map<String, Object> job = STACK.only(JOB).inputs;

    assertThat(at(job, made)).isEqualTo("1795456710.243823992");
    assertThat(at(job, made.replace("store-made", "store-credentials"))).isNotNull();
    assertThat(at(server(STACK), made)).isEqualTo("1795456710.243823992");
    assertThat(at(deployment(STACK, "prediction-api"), made)).isNull();
  }

  @Test
  void noTrainingStartsBeforeTheServerIsReady() {
    assertThat(Stack.of(Map.of("store", "s3-in-cluster"), DEPLOYMENT).types())
        .doesNotContain(JOB, "kubernetes:batch/v1:CronJob");
    assertThat(Stack.of(Map.of("store", "s3-in-cluster"), CREDENTIALS).types())
        .doesNotContain(DEPLOYMENT, JOB);
  }

  @Test
  void theServersImageIsBuiltFromAProgramIfTheSettingsNameOne(@TempDir Path home)
      throws IOException {
    Path program = Files.writeString(home.resolve("versitygw"), "a program");
    Stack stack = Stack.of(Map.of("store", "s3-in-cluster", "s3Binary", program.toString()));

    ResourceArgs image =
        stack.ofType("node-provider:index:Image").stream()
            .filter(made -> made.name.equals("store"))
            .findFirst()
            .orElseThrow();
    assertThat(image.inputs)
        .containsEntry("name", "localhost/ml-store")
        .containsEntry("program", program.toString())
        .doesNotContainKey("module");
    assertThat(at(server(stack), POD + "containers/0/image"))
        .isEqualTo("localhost/ml-store:0123456789ab");
    assertThat(stack.ofType("node-provider:index:NodeImport")).hasSize(3);
    assertThat((List<?>) stack.only("node-provider:index:Ownership").inputs.get("images"))
        .hasSize(3);
  }

  private static Map<String, Object> server(Stack stack) {
    return deployment(stack, "store");
  }

  private static Map<String, Object> deployment(Stack stack, String name) {
    return stack.ofType(DEPLOYMENT).stream()
        .filter(made -> made.name.equals(name))
        .findFirst()
        .orElseThrow()
        .inputs;
  }

  private static Object endpoint(String kind, String app) {
    Map<String, Object> inputs =
        app.equals("api") ? deployment(STACK, "prediction-api") : STACK.only(kind).inputs;
    return ((List<?>) at(inputs, POD + "containers/0/env"))
        .stream()
            .filter(variable -> at(variable, "name").equals("S3_ENDPOINT"))
            .map(variable -> at(variable, "value"))
            .findFirst()
            .orElseThrow();
  }

  private static Map<String, Object> policy(String name) {
    return STACK.ofType(POLICY).stream()
        .filter(policy -> policy.name.equals(name))
        .findFirst()
        .orElseThrow()
        .inputs;
  }

  private static List<Object> ingress(Map<String, Object> policy, int rule) {
    String path = "spec/ingress/%d/".formatted(rule);
    return List.of(
        at(policy, path + "from/0/podSelector/matchLabels/app.kubernetes.io~component"),
        at(policy, path + "ports/0/port"));
  }
}
