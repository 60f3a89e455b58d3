package mlopsprimer.infra;

import static mlopsprimer.infra.Stack.at;
import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.test.PulumiTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How the API is reached, and how many pods it has. */
class ServiceTypeTest {
  private static final String SERVICE = "kubernetes:core/v1:Service";
  private static final String DEPLOYMENT = "kubernetes:apps/v1:Deployment";
  private static final String ROLLOUT = "node-provider:index:Rollout";
  private static final String OWNERSHIP = "node-provider:index:Ownership";
  private static final String BUDGET = "kubernetes:policy/v1:PodDisruptionBudget";
  private static final String AUTOSCALER = "kubernetes:autoscaling/v2:HorizontalPodAutoscaler";

  @Test
  void aLoadBalancerHasNoNodePortAndTheRolloutFindsItsAddress() {
    Stack stack = ofType("LoadBalancer");

    assertThat(at(stack.only(SERVICE).inputs, "spec/type")).isEqualTo("LoadBalancer");
    assertThat(at(stack.only(SERVICE).inputs, "spec/ports/0/nodePort")).isNull();
    assertThat(stack.only(OWNERSHIP).inputs).doesNotContainKey("nodePort");
    assertThat(stack.only(ROLLOUT).inputs)
        .doesNotContainKey("url")
        .containsEntry("service", "prediction-api")
        .containsEntry("path", "/predictionForTomorrow");
    assertThat(PulumiTest.extractValue(stack.result().output("predictionUrl")))
        .isEqualTo("http://found.example/path");
    assertThat(stack.result().outputs()).doesNotContainKey("portForward");
  }

  @Test
  void aServiceInsideTheClusterHasACommandThatForwardsItsPort() {
    Stack stack = ofType("ClusterIP");

    assertThat(at(stack.only(SERVICE).inputs, "spec/type")).isEqualTo("ClusterIP");
    assertThat(PulumiTest.extractValue(stack.result().output("portForward")))
        .isEqualTo("kubectl --namespace mlops-primer port-forward service/prediction-api 8080:80");
  }

  @Test
  void aNodePortOnNodesThatNobodyListsIsFoundByTheRollout() {
    Stack stack = ofType("NodePort");

    assertThat(at(stack.only(SERVICE).inputs, "spec/ports/0/nodePort")).isEqualTo(30_951.0);
    assertThat(stack.only(OWNERSHIP).inputs).containsEntry("nodePort", 30_951.0);
    assertThat(stack.only(ROLLOUT).inputs).containsEntry("service", "prediction-api");
  }

  @Test
  void anotherServiceTypeIsCheckedAgain() {
    assertThat(ofType("LoadBalancer").only(ROLLOUT).inputs.get("generation"))
        .isNotEqualTo(ofType("ClusterIP").only(ROLLOUT).inputs.get("generation"));
  }

  @Test
  void podsOfABucketSpreadAndLeaveALostNodeSoon() {
    Object pod = at(Stack.of(AnyCluster.BUCKET).only(DEPLOYMENT).inputs, "spec/template/spec");

    for (String constraint : new String[] {"0", "1"}) {
      String path = "topologySpreadConstraints/" + constraint + "/";
      assertThat(at(pod, path + "whenUnsatisfiable")).isEqualTo("ScheduleAnyway");
      assertThat(at(pod, "tolerations/" + constraint + "/tolerationSeconds")).isEqualTo(15.0);
      assertThat(at(pod, "tolerations/" + constraint + "/effect")).isEqualTo("NoExecute");
    }
    assertThat(at(pod, "topologySpreadConstraints/0/topologyKey"))
        .isEqualTo("kubernetes.io/hostname");
    assertThat(at(pod, "topologySpreadConstraints/1/topologyKey"))
        .isEqualTo("topology.kubernetes.io/zone");
    Object ofVolume = at(Stack.of(Map.of()).only(DEPLOYMENT).inputs, "spec/template/spec");
    assertThat(at(ofVolume, "topologySpreadConstraints")).isNull();
    assertThat(at(ofVolume, "tolerations")).isNull();
  }

  @Test
  void aBudgetKeepsOnePodOfSeveralDuringADrain() {
    Map<String, Object> budget = Stack.of(AnyCluster.BUCKET).only(BUDGET).inputs;

    assertThat(at(budget, "spec/maxUnavailable")).isEqualTo(1.0);
    assertThat(at(budget, "spec/selector/matchLabels/app.kubernetes.io~component"))
        .isEqualTo("api");
    assertThat(bucket("replicas", "1").types()).doesNotContain(BUDGET);
  }

  @Test
  void anAutoscalerOwnsTheNumberOfPods() {
    Stack stack = bucket("apiMaxReplicas", "6");
    Map<String, Object> autoscaler = stack.only(AUTOSCALER).inputs;

    assertThat(at(stack.only(DEPLOYMENT).inputs, "spec/replicas")).isNull();
    assertThat(at(autoscaler, "spec/minReplicas")).isEqualTo(2.0);
    assertThat(at(autoscaler, "spec/maxReplicas")).isEqualTo(6.0);
    assertThat(at(autoscaler, "spec/metrics/0/resource/target/averageValue")).isEqualTo("700m");
    assertThat(Stack.of(AnyCluster.BUCKET).types()).doesNotContain(AUTOSCALER);
  }

  private static Stack ofType(String type) {
    return bucket("serviceType", type);
  }

  private static Stack bucket(String key, String value) {
    Stack stack = Stack.of(AnyCluster.with(AnyCluster.BUCKET, Map.of(key, value)));
    assertThat(stack.result().errors()).isEmpty();
    return stack;
  }
}
