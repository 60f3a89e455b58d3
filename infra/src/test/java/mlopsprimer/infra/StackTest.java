package mlopsprimer.infra;

import static mlopsprimer.infra.Stack.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.pulumi.test.Mocks.ResourceArgs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the program asks the engine for. Fault 47 of the catalogue: every pod specification. */
class StackTest {
  private static final String JOB = "kubernetes:batch/v1:Job";
  private static final String CRON_JOB = "kubernetes:batch/v1:CronJob";
  private static final String DEPLOYMENT = "kubernetes:apps/v1:Deployment";
  private static final String ANSWER = "primer:index:Answer";
  private static final String SERVICE = "kubernetes:core/v1:Service";
  private static final String VOLUME = "kubernetes:core/v1:PersistentVolume";
  private static final String CLAIM = "kubernetes:core/v1:PersistentVolumeClaim";
  private static final String POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";

  private static final Map<String, String> POD_OF =
      Map.of(
          JOB, "spec/template/spec",
          CRON_JOB, "spec/jobTemplate/spec/template/spec",
          DEPLOYMENT, "spec/template/spec");

  private static final Stack STACK = Stack.of(Map.of());

  @Test
  void theDefaultsOfTheSchemaMakeAStack() {
    assertThat(STACK.result().exitCode()).isZero();
    assertThat(STACK.result().errors()).isEmpty();
    assertThat(STACK.result().outputs())
        .containsOnlyKeys(
            "predictionUrl", "trainerImage", "apiImage", "trainingJobs", "modelDirectory");
  }

  @Test
  void whatIsReadIsWhatTheSchemaDeclares() throws IOException {
    Set<String> read = new TreeSet<>();
    Function<String, Optional<String>> lookup =
        name -> {
          read.add(name);
          return Optional.empty();
        };
    assertThatThrownBy(() -> StackConfig.read(lookup, Path.of("/nowhere")))
        .isInstanceOf(InvalidConfig.class);

    assertThat(read).isEqualTo(new TreeSet<>(Stack.defaults().keySet()));
  }

  // Fault 46: two at once, and nothing is created.
  @Test
  void everyProblemIsToldBeforeAnythingIsMade() {
    assertThatThrownBy(() -> Stack.of(Map.of("nodePort", "80", "trees", "-1", "ticker", "../x")))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("3 problems")
        .hasMessageContaining("nothing was changed")
        .hasMessageContaining("nodePort is '80'")
        .hasMessageContaining("trees is '-1'")
        .hasMessageContaining("ticker is '../x'");
  }

  @Test
  void everyPodIsRestricted() {
    assertThat(pods()).hasSize(3);
    for (Object pod : pods()) {
      assertThat(at(pod, "securityContext/runAsNonRoot")).isEqualTo(true);
      assertThat(at(pod, "securityContext/runAsUser")).isEqualTo(10_001.0);
      assertThat(at(pod, "securityContext/seccompProfile/type")).isEqualTo("RuntimeDefault");
      assertThat(at(pod, "automountServiceAccountToken")).isEqualTo(false);
      assertThat(at(pod, "containers/0/securityContext/allowPrivilegeEscalation")).isEqualTo(false);
      assertThat(at(pod, "containers/0/securityContext/readOnlyRootFilesystem")).isEqualTo(true);
      assertThat(at(pod, "containers/0/securityContext/capabilities/drop"))
          .isEqualTo(List.of("ALL"));
      for (Object volume : (List<?>) at(pod, "volumes")) {
        assertThat(((Map<?, ?>) volume).keySet().stream().map(Object::toString))
            .isSubsetOf("name", "persistentVolumeClaim", "emptyDir");
      }
      for (String host : List.of("hostNetwork", "hostPID", "hostIPC")) {
        assertThat(at(pod, host)).isNull();
      }
    }
  }

  @Test
  void everyContainerSaysWhatItNeedsAndMayUse() {
    for (Object pod : pods()) {
      for (String kind : List.of("requests", "limits")) {
        assertThat(at(pod, "containers/0/resources/" + kind + "/cpu")).isNotNull();
        assertThat(at(pod, "containers/0/resources/" + kind + "/memory")).isNotNull();
        assertThat(at(pod, "containers/0/resources/" + kind + "/ephemeral-storage")).isNotNull();
      }
      assertThat(at(pod, "containers/0/terminationMessagePolicy"))
          .isEqualTo("FallbackToLogsOnError");
    }
  }

  @Test
  void resourcesAreWhatTheConfigurationSays() {
    Stack small = Stack.of(Map.of("apiCpu", "500m", "apiMemory", "256Mi", "trainerMemory", "1Gi"));

    String resources = "spec/template/spec/containers/0/resources/";
    assertThat(at(small.only(DEPLOYMENT).inputs, resources + "limits/memory")).isEqualTo("256Mi");
    assertThat(at(small.only(DEPLOYMENT).inputs, resources + "requests/cpu")).isEqualTo("62m");
    assertThat(at(small.only(JOB).inputs, resources + "requests/memory")).isEqualTo("1Gi");
    assertThatThrownBy(() -> Stack.config(Map.of("apiMemory", "64Mi", "trainerCpu", "two")))
        .hasMessageContaining("2 problems")
        .hasMessageContaining("apiMemory is '64Mi': at least 128Mi is needed")
        .hasMessageContaining("trainerCpu is 'two'");
  }

  @Test
  void imagesHaveATagOfTheirSourcesAndAreNeverPulled() {
    assertThat(pods().stream().map(pod -> at(pod, "containers/0/image").toString()))
        .allMatch(Pattern.compile("localhost/ml-(train|api):[0-9a-f]{12}").asMatchPredicate());
    assertThat(pods().stream().map(pod -> at(pod, "containers/0/imagePullPolicy")))
        .containsOnly("IfNotPresent");
  }

  @Test
  void everyObjectIsInTheNamespaceAndHasTheRecommendedLabels() {
    List<ResourceArgs> objects =
        STACK.registered().stream().filter(made -> made.type.startsWith("kubernetes:")).toList();

    assertThat(objects).hasSize(12);
    for (ResourceArgs made : objects) {
      Map<?, ?> labels = (Map<?, ?>) at(made.inputs, "metadata/labels");
      assertThat(labels.keySet().stream().map(Object::toString).collect(Collectors.toSet()))
          .as(made.type)
          .contains(
              "app.kubernetes.io/name",
              "app.kubernetes.io/component",
              "app.kubernetes.io/part-of",
              "app.kubernetes.io/managed-by");
      if (!Set.of("Namespace", "StorageClass", "PersistentVolume")
          .contains(made.inputs.get("kind"))) {
        assertThat(at(made.inputs, "metadata/namespace")).as(made.type).isEqualTo("mlops-primer");
      }
      assertThat(made.provider).as(made.type).contains("pulumi:providers:kubernetes::kubernetes");
    }
  }

  @Test
  void onlyTheApisPodsAreWaitedForWhenTheirOwnerIsDeleted() {
    for (ResourceArgs made : STACK.registered()) {
      if (made.type.startsWith("kubernetes:") && !made.type.endsWith(":Namespace")) {
        assertThat(at(made.inputs, "metadata/annotations/pulumi.com~deletionPropagationPolicy"))
            .as(made.type)
            .isEqualTo(made.type.endsWith(":Deployment") ? "foreground" : "background");
      }
    }
  }

  @Test
  void theNamespaceAdmitsRestrictedPodsAlone() {
    assertThat(
            at(
                STACK.only("kubernetes:core/v1:Namespace").inputs,
                "metadata/labels/pod-security.kubernetes.io~enforce"))
        .isEqualTo("restricted");
  }

  @Test
  void nothingMayTalkExceptTheApiThatAnswersAndTheTrainerThatFetches() {
    Map<String, ResourceArgs> policies =
        STACK.ofType(POLICY).stream().collect(Collectors.toMap(made -> made.name, made -> made));

    assertThat(policies).containsOnlyKeys("default-deny", "api-answers", "trainer-fetches");
    assertThat(at(policies.get("default-deny").inputs, "spec/policyTypes"))
        .isEqualTo(List.of("Ingress", "Egress"));
    assertThat(at(policies.get("default-deny").inputs, "spec/podSelector/matchLabels"))
        .isEqualTo(Map.of());
    assertThat(at(policies.get("api-answers").inputs, "spec/egress")).isNull();
    assertThat((List<?>) at(policies.get("trainer-fetches").inputs, "spec/egress/0/ports"))
        .extracting(port -> at(port, "port"))
        .containsExactly(53.0, 53.0, 443.0);
    assertThat(
            at(
                Stack.of(Map.of("yahooBaseUrl", "http://192.168.56.1:8077")).ofType(POLICY).stream()
                    .filter(policy -> policy.name.equals("trainer-fetches"))
                    .findFirst()
                    .orElseThrow()
                    .inputs,
                "spec/egress/0/ports/2/port"))
        .isEqualTo(8077.0);
  }

  @Test
  void theVolumeIsADirectoryOfTheFirstWorkerForThatClaimAlone() {
    ResourceArgs directory = STACK.only("primer:index:NodeDirectory");
    Map<String, Object> volume = STACK.only(VOLUME).inputs;

    assertThat(directory.inputs)
        .containsEntry("node", "kube-worker-1")
        .containsEntry("path", "/var/lib/mlops-primer")
        .containsEntry("uid", 10_001.0)
        .containsEntry("mode", "0750");
    assertThat(at(volume, "spec/local/path")).isEqualTo("/var/lib/mlops-primer");
    assertThat(at(volume, "spec/hostPath")).isNull();
    assertThat(at(volume, "spec/claimRef"))
        .isEqualTo(Map.of("name", "models", "namespace", "mlops-primer"));
    assertThat(
            at(volume, "spec/nodeAffinity/required/nodeSelectorTerms/0/matchExpressions/0/values"))
        .isEqualTo(List.of("kube-worker-1"));
    assertThat(at(STACK.only(CLAIM).inputs, "spec/volumeName")).isEqualTo("mlops-primer-models");
    assertThat(STACK.only("kubernetes:storage.k8s.io/v1:StorageClass").inputs)
        .containsEntry("volumeBindingMode", "Immediate");
  }

  @Test
  void theTrainerWritesModelsAndTheApiOnlyReadsThem() {
    String readOnly = "/volumes/0/persistentVolumeClaim/readOnly";
    assertThat(at(STACK.only(JOB).inputs, "spec/template/spec" + readOnly)).isEqualTo(false);
    assertThat(at(STACK.only(DEPLOYMENT).inputs, "spec/template/spec" + readOnly)).isEqualTo(true);
    assertThat(
            at(
                STACK.only(DEPLOYMENT).inputs,
                "spec/template/spec/containers/0/volumeMounts/0/readOnly"))
        .isEqualTo(true);
  }

  @Test
  void podsOfADirectoryThatWasLostAndMadeAnewAreOthers() {
    for (String kind : new String[] {JOB, DEPLOYMENT}) {
      assertThat(at(STACK.only(kind).inputs, "spec/template/metadata/annotations"))
          .isEqualTo(Map.of("mlops-primer/models-made", "1795456710.243823992"));
    }
  }

  @Test
  void aTrainingIsTriedAgainOnlyIfItsSourceDidNotAnswerAndUntilTheDeadline() {
    Map<String, Object> job = STACK.only(JOB).inputs;

    assertThat(at(job, "spec/backoffLimit")).isEqualTo(0.0);
    assertThat(at(job, "spec/podFailurePolicy/rules/0/action")).isEqualTo("Ignore");
    assertThat(at(job, "spec/podFailurePolicy/rules/0/onExitCodes/operator")).isEqualTo("In");
    assertThat(at(job, "spec/podFailurePolicy/rules/0/onExitCodes/values"))
        .isEqualTo(List.of(10.0));
    assertThat(at(job, "spec/activeDeadlineSeconds")).isEqualTo(600.0);
    assertThat(at(job, "spec/template/spec/restartPolicy")).isEqualTo("Never");
    assertThat(at(job, "metadata/annotations/pulumi.com~replaceUnready")).isEqualTo("true");
    assertThatThrownBy(() -> Stack.config(Map.of("trainingDeadline", "soon")))
        .hasMessageContaining("trainingDeadline is 'soon': seconds or minutes: 90s, 10m is needed");
  }

  @Test
  void theSameModelIsTrainedAgainAfterTheMarketHasClosed() {
    Map<String, Object> nightly = STACK.only(CRON_JOB).inputs;

    assertThat(at(nightly, "spec/schedule")).isEqualTo("30 17 * * 1-5");
    assertThat(at(nightly, "spec/timeZone")).isEqualTo("America/New_York");
    assertThat(at(nightly, "spec/concurrencyPolicy")).isEqualTo("Forbid");
    assertThat(at(nightly, "spec/jobTemplate/spec/template"))
        .isEqualTo(at(STACK.only(JOB).inputs, "spec/template"));
  }

  @Test
  void theApiIsProbedAndNeverLessThanWhole() {
    Map<String, Object> api = STACK.only(DEPLOYMENT).inputs;
    String container = "spec/template/spec/containers/0/";

    assertThat(at(api, "spec/replicas")).isEqualTo(2.0);
    assertThat(at(api, "spec/strategy/rollingUpdate/maxUnavailable")).isEqualTo(0.0);
    assertThat(at(api, container + "startupProbe/httpGet/path")).isEqualTo("/health/live");
    assertThat(at(api, container + "livenessProbe/httpGet/path")).isEqualTo("/health/live");
    assertThat(at(api, container + "readinessProbe/httpGet/path")).isEqualTo("/health/ready");
    assertThat(
            at(
                STACK.only("kubernetes:policy/v1:PodDisruptionBudget").inputs,
                "spec/maxUnavailable"))
        .isEqualTo(1.0);
    assertThat(at(STACK.only(SERVICE).inputs, "spec/ports/0/nodePort")).isEqualTo(30_951.0);
    assertThat(at(STACK.only(SERVICE).inputs, "spec/selector"))
        .isEqualTo(at(api, "spec/selector/matchLabels"));
  }

  @Test
  void theApiIsLeftAloneWhileATrainingHasNotSucceeded() {
    Stack failed = Stack.of(Map.of(), JOB);

    assertThat(failed.result().exitCode()).isNotZero();
    assertThat(failed.types()).doesNotContain(DEPLOYMENT, ANSWER);
  }

  @Test
  void anUpdateEndsWhenTheDefaultTickerIsServed() {
    assertThat(STACK.only(ANSWER).inputs)
        .containsEntry("url", "http://192.168.56.21:30951/predictionForTomorrow")
        .containsEntry("contains", "\"ticker\":\"SPY\"");
    assertThat(Stack.of(Map.of(), DEPLOYMENT).types()).doesNotContain(ANSWER);
  }

  @Test
  void nothingTrainsBeforeItsImageAndItsVolumeAreThere() {
    assertThat(Stack.of(Map.of(), "primer:index:NodeImport").types())
        .doesNotContain(JOB, CRON_JOB, DEPLOYMENT);
    assertThat(Stack.of(Map.of(), "primer:index:NodeDirectory").types())
        .doesNotContain(VOLUME, CLAIM, JOB, CRON_JOB, DEPLOYMENT);
    assertThat(Stack.of(Map.of(), VOLUME).types()).doesNotContain(CLAIM, JOB, DEPLOYMENT);
    assertThat(Stack.of(Map.of(), CLAIM).types()).doesNotContain(JOB, CRON_JOB, DEPLOYMENT);
  }

  @Test
  void everyTickerHasAJobAndTheFirstIsTheDefault() {
    Stack several = Stack.of(Map.of("tickers", "[\"QQQ\", \"SPY\", \"^GSPC\"]"));

    assertThat(several.ofType(JOB)).hasSize(3);
    assertThat(several.ofType(CRON_JOB)).hasSize(3);
    assertThat(arguments(several.only(DEPLOYMENT))).containsSequence("--ticker", "QQQ");
    assertThat(several.ofType(JOB).stream().map(job -> at(job.inputs, "metadata/name").toString()))
        .doesNotHaveDuplicates()
        .allMatch(Pattern.compile("train-[a-z0-9-]+-[0-9a-f]{12}").asMatchPredicate());
  }

  @Test
  void aJobHasAnotherNameWheneverItRunsSomethingElseAndOnlyThen() {
    String name = jobName(Map.of());

    assertThat(jobName(Map.of())).isEqualTo(name);
    assertThat(jobName(Map.of("replicas", "3", "threshold", "0.6", "nodePort", "31000")))
        .isEqualTo(name);
    Stream.of(
            Map.of("trees", "50"),
            Map.of("trainerMemory", "1Gi"),
            Map.of("seed", "7"),
            Map.of("history", "2y"),
            Map.of("source", "sample"),
            Map.of("ticker", "QQQ"),
            Map.of("allowStale", "true"))
        .forEach(changed -> assertThat(jobName(changed)).as("%s", changed).isNotEqualTo(name));
    StackConfig config = Stack.config(Map.of());
    Ticker ticker = config.tickers().get(0);
    assertThat(Training.jobName(config, ticker, "localhost/ml-train:1"))
        .isNotEqualTo(Training.jobName(config, ticker, "localhost/ml-train:2"));
  }

  @Test
  void whatIsInTheKubeconfigEntersNoResource() throws IOException {
    assertThat(STACK.registered().toString()).doesNotContain("never-in-the-state");
    ResourceArgs provider = STACK.only("pulumi:providers:kubernetes");
    assertThat(Files.readString(Path.of(provider.inputs.get("kubeconfig").toString())))
        .contains("never-in-the-state");
  }

  private static String jobName(Map<String, String> settings) {
    return at(Stack.of(settings).only(JOB).inputs, "metadata/name").toString();
  }

  private static List<String> arguments(ResourceArgs deployment) {
    return ((List<?>) at(deployment.inputs, "spec/template/spec/containers/0/args"))
        .stream().map(Object::toString).toList();
  }

  private static List<Object> pods() {
    return STACK.registered().stream()
        .filter(made -> POD_OF.containsKey(made.type))
        .map(made -> at(made.inputs, POD_OF.get(made.type)))
        .toList();
  }
}
