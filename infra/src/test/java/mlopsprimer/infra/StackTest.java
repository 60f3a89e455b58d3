package mlopsprimer.infra;

import static mlopsprimer.infra.Stack.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.pulumi.test.Mocks.ResourceArgs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The resources that the program registers, and their order. */
class StackTest {
  private static final String JOB = "kubernetes:batch/v1:Job";
  private static final String CRON_JOB = "kubernetes:batch/v1:CronJob";
  private static final String DEPLOYMENT = "kubernetes:apps/v1:Deployment";
  private static final String ROLLOUT = "node-provider:index:Rollout";
  private static final String OUTCOME = "node-provider:index:TrainingOutcome";
  private static final String CHECK = "node-provider:index:TrainingCheck";
  private static final String VOLUME = "kubernetes:core/v1:PersistentVolume";
  private static final String CLAIM = "kubernetes:core/v1:PersistentVolumeClaim";
  private static final String OWNERSHIP = "node-provider:index:Ownership";
  private static final String POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";

  private static final Stack STACK = Stack.of(Map.of());

  @Test
  void theDefaultSettingsMakeAStack() {
    assertThat(STACK.result().exitCode()).isZero();
    assertThat(STACK.result().errors()).isEmpty();
    assertThat(STACK.result().outputs())
        .containsOnlyKeys(
            "predictionUrl", "trainerImage", "apiImage", "trainingJob", "storeLocation");
  }

  @Test
  void everyObjectIsInTheNamespaceAndHasTheRecommendedLabels() {
    List<ResourceArgs> objects =
        STACK.registered().stream().filter(made -> made.type.startsWith("kubernetes:")).toList();

    assertThat(objects).hasSize(11);
    for (ResourceArgs made : objects) {
      Map<?, ?> labels = (Map<?, ?>) at(made.inputs, "metadata/labels");
      assertThat(labels.keySet().stream().map(Object::toString).collect(Collectors.toSet()))
          .as(made.type)
          .contains(
              "app.kubernetes.io/name",
              "app.kubernetes.io/instance",
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
  void onlyTheDeploymentIsDeletedAfterTheObjectsThatItOwns() {
    for (ResourceArgs made : STACK.registered()) {
      if (made.type.startsWith("kubernetes:") && !made.type.endsWith(":Namespace")) {
        assertThat(at(made.inputs, "metadata/annotations/pulumi.com~deletionPropagationPolicy"))
            .as(made.type)
            .isEqualTo(made.type.endsWith(":Deployment") ? "foreground" : "background");
      }
    }
  }

  @Test
  void theNamespaceAdmitsOnlyRestrictedPods() {
    assertThat(
            at(
                STACK.only("kubernetes:core/v1:Namespace").inputs,
                "metadata/labels/pod-security.kubernetes.io~enforce"))
        .isEqualTo("restricted");
  }

  @Test
  void thePoliciesAllowOnlyRequestsToTheApiAndFetchesOfTheTrainer() {
    Map<String, ResourceArgs> policies =
        STACK.ofType(POLICY).stream().collect(Collectors.toMap(made -> made.name, made -> made));

    assertThat(policies).containsOnlyKeys("default-deny", "api-answers", "trainer-fetches");
    assertThat(at(policies.get("default-deny").inputs, "spec/policyTypes"))
        .isEqualTo(List.of("Ingress", "Egress"));
    assertThat(at(policies.get("default-deny").inputs, "spec/podSelector/matchLabels"))
        .isEqualTo(Map.of());
    assertThat(policies.get("default-deny").inputs.toString()).doesNotContain("ports");
    assertThat(at(policies.get("api-answers").inputs, "spec/egress")).isNull();
    for (int i = 0; i < 2; i++) {
      assertThat((List<?>) at(policies.get("api-answers").inputs, "spec/ingress/" + i + "/ports"))
          .extracting(port -> at(port, "port"))
          .isEqualTo(
              List.of(
                  at(
                      STACK.only(DEPLOYMENT).inputs,
                      "spec/template/spec/containers/0/ports/" + i + "/containerPort")));
    }
    assertThat(at(policies.get("api-answers").inputs, "spec/ingress/0/from")).isNull();
    assertThat(at(policies.get("api-answers").inputs, "spec/ingress/1/from"))
        .as("pods of every namespace, and nothing outside the cluster")
        .isEqualTo(List.of(Map.of("namespaceSelector", Map.of("matchLabels", Map.of()))));
    assertThat(at(policies.get("trainer-fetches").inputs, "spec/ingress")).isNull();
    for (Map.Entry<String, String> meant :
        Map.of("api-answers", DEPLOYMENT, "trainer-fetches", JOB).entrySet()) {
      Map<?, ?> selector =
          (Map<?, ?>) at(policies.get(meant.getKey()).inputs, "spec/podSelector/matchLabels");
      Map<?, ?> pods =
          (Map<?, ?>) at(STACK.only(meant.getValue()).inputs, "spec/template/metadata/labels");
      assertThat(selector).isNotEmpty();
      assertThat(pods.entrySet().containsAll(selector.entrySet())).as(meant.getKey()).isTrue();
    }
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
  void theVolumeIsADirectoryOfTheFirstWorkerForOneClaim() {
    ResourceArgs directory = STACK.only("node-provider:index:NodeDirectory");
    Map<String, Object> volume = STACK.only(VOLUME).inputs;

    assertThat(directory.inputs)
        .containsEntry("node", "kube-worker-1")
        .containsEntry("path", "/var/lib/mlops-primer")
        .containsEntry("uid", 10_001.0)
        .containsEntry("mode", "0750");
    assertThat(at(volume, "spec/local/path")).isEqualTo("/var/lib/mlops-primer");
    assertThat(at(volume, "spec/hostPath")).isNull();
    assertThat(at(volume, "spec/claimRef"))
        .isEqualTo(Map.of("name", "store", "namespace", "mlops-primer"));
    assertThat(
            at(volume, "spec/nodeAffinity/required/nodeSelectorTerms/0/matchExpressions/0/values"))
        .isEqualTo(List.of("kube-worker-1"));
    assertThat(at(STACK.only(CLAIM).inputs, "spec/volumeName")).isEqualTo("mlops-primer-store");
    assertThat(STACK.only("kubernetes:storage.k8s.io/v1:StorageClass").inputs)
        .containsEntry("volumeBindingMode", "Immediate");
  }

  @Test
  void anIndexIsTriedAgainUnlessItsTickersAreBad() {
    Map<String, Object> job = STACK.only(JOB).inputs;

    assertThat(at(job, "apiVersion")).isEqualTo("batch/v1");
    assertThat(at(job, "spec/completionMode")).isEqualTo("Indexed");
    assertThat(at(job, "spec/backoffLimitPerIndex")).isEqualTo(5.0);
    assertThat(at(job, "spec/maxFailedIndexes")).as("a bad index stops no other").isNull();
    assertThat(at(job, "spec/podFailurePolicy/rules/0/action")).isEqualTo("Ignore");
    assertThat(at(job, "spec/podFailurePolicy/rules/0/onPodConditions/0/type"))
        .isEqualTo("DisruptionTarget");
    assertThat(at(job, "spec/podFailurePolicy/rules/1/action")).isEqualTo("FailIndex");
    assertThat(at(job, "spec/podFailurePolicy/rules/1/onExitCodes/values"))
        .as("internal error, wrong setting, bad prices")
        .isEqualTo(List.of(1.0, 2.0, 20.0));
    assertThat(at(job, "spec/activeDeadlineSeconds")).isEqualTo(600.0);
    assertThat(at(job, "spec/template/spec/restartPolicy")).isEqualTo("Never");
    assertThat(at(job, "metadata/annotations/pulumi.com~replaceUnready")).isEqualTo("true");
    assertThat(at(job, "metadata/annotations/pulumi.com~skipAwait")).isEqualTo("true");
  }

  @Test
  void aTrainingPodKnowsItsImageAndWhereItsReportGoes() {
    assertThat(at(STACK.only(JOB).inputs, "spec/template/spec/containers/0/env"))
        .isEqualTo(
            List.of(
                Map.of("name", "TERMINATION_MESSAGE_PATH", "value", "/dev/termination-log"),
                Map.of("name", "TRAINER_IMAGE", "value", "localhost/ml-trainer:0123456789ab")));
  }

  @Test
  void theNightlyTrainingRunsTheSamePodAfterTheMarketHasClosed() {
    Map<String, Object> nightly = STACK.only(CRON_JOB).inputs;

    assertThat(at(nightly, "spec/schedule")).isEqualTo("30 17 * * 1-5");
    assertThat(at(nightly, "spec/timeZone")).isEqualTo("America/New_York");
    assertThat(at(nightly, "spec/concurrencyPolicy")).isEqualTo("Forbid");
    assertThat(at(nightly, "spec/jobTemplate/spec/template"))
        .isEqualTo(at(STACK.only(JOB).inputs, "spec/template"));
  }

  @Test
  void theTickersOfAnExchangeAreTrainedAfterItsClose() {
    Stack stack = Stack.of(Map.of("tickers", "[\"VOD.L\",\"BTC-USD\",\"BP.L\"]"));

    assertThat(stack.ofType(CRON_JOB))
        .extracting(
            nightly -> at(nightly.inputs, "metadata/name"),
            nightly -> at(nightly.inputs, "spec/schedule"),
            nightly -> at(nightly.inputs, "spec/timeZone"))
        .containsExactlyInAnyOrder(
            tuple("nightly-xlon", "0 18 * * 1-5", "Europe/London"),
            tuple("nightly-24-7", "30 0 * * *", "UTC"));
    ResourceArgs london =
        stack.ofType(CRON_JOB).stream()
            .filter(nightly -> nightly.name.equals("nightly-xlon"))
            .findFirst()
            .orElseThrow();
    assertThat(strings(london, "spec/jobTemplate/spec/template/spec/containers/0/args"))
        .as("both exchanges may train at the same time and share the rate of requests")
        .contains("--tickers=VOD.L,BP.L", "--indexes=2", "--fetchers=4");
  }

  @Test
  void aCronScheduleTrainsAllTickersWithOneCronJob() {
    Stack stack = Stack.of(Map.of("tickers", "[\"VOD.L\",\"BTC-USD\"]", "schedule", "0 6 * * 1-5"));

    assertThat(at(stack.only(CRON_JOB).inputs, "metadata/name")).isEqualTo("nightly");
    assertThat(at(stack.only(CRON_JOB).inputs, "spec/jobTemplate/spec/template"))
        .isEqualTo(at(stack.only(JOB).inputs, "spec/template"));
  }

  @Test
  void theApiIsNotUpdatedIfTheDefaultTickerIsNotTrained() {
    for (String failing : List.of(JOB, OUTCOME)) {
      Stack failed = Stack.of(Map.of(), failing);

      assertThat(failed.result().exitCode()).isNotZero();
      assertThat(failed.types()).doesNotContain(DEPLOYMENT, ROLLOUT, CHECK);
    }
  }

  @Test
  void anotherTickerThatIsNotTrainedFailsTheUpdateAfterTheRollout() {
    Stack failed = Stack.of(Map.of("tickers", "[\"SPY\",\"QQQ\"]"), CHECK);

    assertThat(failed.result().exitCode()).isNotZero();
    assertThat(failed.types()).contains(DEPLOYMENT, ROLLOUT);
    assertThat(Stack.of(Map.of(), ROLLOUT).types()).doesNotContain(CHECK);
    assertThat(STACK.only(CHECK).inputs)
        .containsEntry("failed", 1.0)
        .containsEntry("report", "QQQ is not trained");
    assertThat(STACK.only(OUTCOME).inputs)
        .containsEntry("needed", "SPY")
        .containsEntry("indexes", 1.0)
        .containsEntry("job", at(STACK.only(JOB).inputs, "metadata/name"));
  }

  @Test
  void theRolloutWaitsForAnAnswerWithTheDefaultTicker() {
    assertThat(STACK.only(ROLLOUT).inputs)
        .containsEntry("url", "http://192.168.56.21:30951/predictionForTomorrow")
        .containsEntry("contains", "\"ticker\":\"SPY\"");
    assertThat(Stack.of(Map.of(), DEPLOYMENT).types()).doesNotContain(ROLLOUT);
  }

  @Test
  void noTrainingStartsBeforeItsImageAndItsVolumeExist() {
    assertThat(Stack.of(Map.of(), "node-provider:index:NodeImport").types())
        .doesNotContain(JOB, CRON_JOB, DEPLOYMENT);
    assertThat(Stack.of(Map.of(), "node-provider:index:NodeDirectory").types())
        .doesNotContain(VOLUME, CLAIM, JOB, CRON_JOB, DEPLOYMENT);
    assertThat(Stack.of(Map.of(), VOLUME).types()).doesNotContain(CLAIM, JOB, DEPLOYMENT);
    assertThat(Stack.of(Map.of(), CLAIM).types()).doesNotContain(JOB, CRON_JOB, DEPLOYMENT);
  }

  @Test
  void oneJobTrainsEveryTickerAndTheApiServesTheFirstTickerByDefault() {
    Stack several = Stack.of(Map.of("tickers", "[\"QQQ\", \"SPY\", \"^GSPC\"]"));

    assertThat(strings(several.only(JOB), "spec/template/spec/containers/0/args"))
        .contains("--tickers=QQQ,SPY,^GSPC", "--indexes=3", "--fetchers=2");
    assertThat(at(several.only(JOB).inputs, "spec/completions")).isEqualTo(3.0);
    assertThat(at(several.only(JOB).inputs, "spec/parallelism")).isEqualTo(2.0);
    assertThat(at(several.only(JOB).inputs, "spec/activeDeadlineSeconds")).isEqualTo(606.0);
    assertThat(at(several.only(JOB).inputs, "metadata/name").toString())
        .matches("train-[0-9a-f]{12}");
    assertThat(arguments(several.only(DEPLOYMENT))).contains("--ticker=QQQ");
  }

  @Test
  void manyTickersShareFewPods() {
    Map<Integer, Integer> podsByTickers = Map.of(10, 10, 11, 2, 200, 8, 2500, 100);
    podsByTickers.forEach(
        (tickers, pods) ->
            assertThat(
                    at(
                        Stack.of(Map.of("tickers", symbols(tickers))).only(JOB).inputs,
                        "spec/completions"))
                .as("pods of %d tickers", tickers)
                .isEqualTo((double) pods));
    assertThat(
            at(
                Stack.of(
                        Map.of(
                            "tickers",
                            symbols(9),
                            "tickersPerPod",
                            "4",
                            "trainingParallelism",
                            "9"))
                    .only(JOB)
                    .inputs,
                "spec/parallelism"))
        .isEqualTo(3.0);
  }

  private static String symbols(int number) {
    return IntStream.range(0, number)
        .mapToObj("\"T%d\""::formatted)
        .collect(Collectors.joining(",", "[", "]"));
  }

  @Test
  void theNameOfAJobChangesOnlyWithItsImageLimitsAndArguments() {
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
            Map.of("tickers", "[\"SPY\",\"QQQ\"]"),
            Map.of("allowStale", "true"))
        .forEach(changed -> assertThat(jobName(changed)).as("%s", changed).isNotEqualTo(name));
  }

  @Test
  void noResourceContainsTheContentOfTheKubeconfig() throws IOException {
    assertThat(STACK.registered().toString()).doesNotContain("never-in-the-state");
    ResourceArgs provider = STACK.only("pulumi:providers:kubernetes");
    assertThat(Files.readString(Path.of(provider.inputs.get("kubeconfig").toString())))
        .contains("never-in-the-state");
  }

  @Test
  void everyResourceOfTheStackDependsOnTheOwnershipOfItsNames() {
    assertThat(Stack.of(Map.of(), OWNERSHIP).types())
        .isNotEmpty()
        .allMatch(type -> type.startsWith("mlops-primer:infra:") || type.startsWith("pulumi:"));
  }

  @Test
  void aSecondStackHasNamesOfItsOwn() {
    Stack second =
        Stack.of(
            Map.of(
                "namespace", "mlops-primer-prod",
                "storagePath", "/var/lib/mlops-primer-prod",
                "nodePort", "30952"));

    assertThat(at(second.only(VOLUME).inputs, "metadata/name"))
        .isEqualTo("mlops-primer-prod-store");
    assertThat(at(second.only(VOLUME).inputs, "spec/claimRef/namespace"))
        .isEqualTo("mlops-primer-prod");
    assertThat(at(second.only(CLAIM).inputs, "spec/volumeName"))
        .isEqualTo("mlops-primer-prod-store");
    assertThat(second.ofType("node-provider:index:Image"))
        .extracting(image -> image.inputs.get("name"))
        .containsExactlyInAnyOrder(
            "localhost/mlops-primer-prod/ml-trainer", "localhost/mlops-primer-prod/ml-api");
    for (ResourceArgs made : second.registered()) {
      if (made.type.startsWith("kubernetes:")) {
        assertThat(at(made.inputs, "metadata/labels/app.kubernetes.io~instance"))
            .as(made.type)
            .isEqualTo("mlops-primer-prod");
        assertThat(made.inputs.toString())
            .as("names of the first stack in " + made.type)
            .doesNotContain("/var/lib/mlops-primer,", "/var/lib/mlops-primer}")
            .doesNotContain("namespace=mlops-primer,", "namespace=mlops-primer}");
      }
    }
  }

  @Test
  void theObjectsOutsideANamespaceCarryTheMarkOfTheStack() {
    for (String type :
        List.of(
            "kubernetes:core/v1:Namespace", VOLUME, "kubernetes:storage.k8s.io/v1:StorageClass")) {
      assertThat(at(STACK.only(type).inputs, "metadata/annotations/mlops-primer~owner"))
          .as(type)
          .isEqualTo("mlops-primer/dev/0123456789ab");
    }
    assertThat(STACK.only("node-provider:index:NodeDirectory").inputs)
        .containsEntry("owner", "mlops-primer/dev/0123456789ab");
  }

  @Test
  void anUpdateReplacesWhatSomebodyElseSetInAnObjectOfTheStack() {
    for (ResourceArgs made : STACK.registered()) {
      if (made.type.startsWith("kubernetes:")) {
        assertThat(at(made.inputs, "metadata/annotations/pulumi.com~patchForce"))
            .as(made.type)
            .isEqualTo("true");
      }
    }
  }

  /** The pods cannot run on another node, so a budget would stop a drain for ever. */
  @Test
  void noDisruptionBudgetStopsADrainOfTheNodeWithTheModelStore() {
    assertThat(STACK.types()).noneMatch(type -> type.contains("PodDisruptionBudget"));
  }

  @Test
  void aMissedNightlyTrainingIsMadeUpForWithinAWeek() {
    assertThat(at(STACK.only(CRON_JOB).inputs, "spec/startingDeadlineSeconds"))
        .isEqualTo(7 * 24 * 3600.0);
  }

  private static String jobName(Map<String, String> settings) {
    return at(Stack.of(settings).only(JOB).inputs, "metadata/name").toString();
  }

  private static List<String> arguments(ResourceArgs deployment) {
    return strings(deployment, "spec/template/spec/containers/0/args");
  }

  private static List<String> strings(ResourceArgs made, String path) {
    return ((List<?>) at(made.inputs, path)).stream().map(Object::toString).toList();
  }
}
