package mlopsprimer.infra;

import static mlopsprimer.infra.Stack.at;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The pod specifications of the stack. */
class PodsTest {
  private static final String JOB = "kubernetes:batch/v1:Job";
  private static final String CRON_JOB = "kubernetes:batch/v1:CronJob";
  private static final String DEPLOYMENT = "kubernetes:apps/v1:Deployment";
  private static final String SERVICE = "kubernetes:core/v1:Service";

  private static final Map<String, String> POD_OF =
      Map.of(
          JOB, "spec/template/spec",
          CRON_JOB, "spec/jobTemplate/spec/template/spec",
          DEPLOYMENT, "spec/template/spec");

  private static final Stack STACK = Stack.of(Map.of());

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
  void everyContainerHasRequestsAndLimits() {
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
  void requestsAndLimitsFollowFromTheSettings() {
    Stack small = Stack.of(Map.of("apiCpu", "500m", "apiMemory", "256Mi", "trainerMemory", "1Gi"));

    String resources = "spec/template/spec/containers/0/resources/";
    assertThat(at(small.only(DEPLOYMENT).inputs, resources + "limits/memory")).isEqualTo("256Mi");
    assertThat(at(small.only(DEPLOYMENT).inputs, resources + "requests/cpu")).isEqualTo("62m");
    assertThat(at(small.only(JOB).inputs, resources + "requests/memory")).isEqualTo("1Gi");
  }

  @Test
  void theHeapIsTheMemoryLimitMinusTheMemoryOutsideTheHeap() {
    Stack large = Stack.of(Map.of("trainerMemory", "1Gi"));

    assertThat(at(large.only(JOB).inputs, "spec/template/spec/containers/0/command"))
        .isEqualTo(List.of("java", "@/app/jvm.options", "-Xmx896m", "-jar", "/app/trainer.jar"));
  }

  @Test
  void theTagOfAnImageIsTheHashOfItsSources() {
    assertThat(pods().stream().map(pod -> at(pod, "containers/0/image").toString()))
        .allMatch(Pattern.compile("localhost/ml-(trainer|api):[0-9a-f]{12}").asMatchPredicate());
    assertThat(pods().stream().map(pod -> at(pod, "containers/0/imagePullPolicy")))
        .containsOnly("IfNotPresent");
  }

  @Test
  void onlyTheTrainerCanWriteToTheModelStore() {
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
  void podsAreReplacedWhenTheDirectoryOfTheModelStoreIsCreatedAgain() {
    for (String kind : new String[] {JOB, DEPLOYMENT}) {
      assertThat(at(STACK.only(kind).inputs, "spec/template/metadata/annotations"))
          .isEqualTo(Map.of("mlops-primer/store-made", "1795456710.243823992"));
    }
  }

  @Test
  void theApiHasProbesAndKeepsItsReplicasDuringARollout() {
    Map<String, Object> api = STACK.only(DEPLOYMENT).inputs;
    String container = "spec/template/spec/containers/0/";

    assertThat(at(api, "spec/replicas")).isEqualTo(2.0);
    assertThat(at(api, "spec/strategy/rollingUpdate/maxUnavailable")).isEqualTo(0.0);
    assertThat(at(api, container + "startupProbe/httpGet/path")).isEqualTo("/health/live");
    assertThat(at(api, container + "livenessProbe/httpGet/path")).isEqualTo("/health/live");
    assertThat(at(api, container + "readinessProbe/httpGet/path")).isEqualTo("/health/ready");
    assertThat(at(api, container + "readinessProbe/periodSeconds")).isEqualTo(1.0);
    for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
      assertThat(at(api, container + probe + "/httpGet/port")).isEqualTo("management");
    }
    assertThat(at(api, container + "ports/1/name")).isEqualTo("management");
    assertThat(at(api, container + "ports/1/containerPort")).isEqualTo(8_081.0);
    assertThat((List<?>) at(STACK.only(SERVICE).inputs, "spec/ports"))
        .as("the Service does not lead to the management port")
        .hasSize(1);
    assertThat(at(STACK.only(SERVICE).inputs, "spec/ports/0/nodePort")).isEqualTo(30_951.0);
    assertThat(at(STACK.only(SERVICE).inputs, "spec/selector"))
        .isEqualTo(at(api, "spec/selector/matchLabels"));
  }

  private static List<Object> pods() {
    return STACK.registered().stream()
        .filter(made -> POD_OF.containsKey(made.type))
        .map(made -> at(made.inputs, POD_OF.get(made.type)))
        .toList();
  }
}
