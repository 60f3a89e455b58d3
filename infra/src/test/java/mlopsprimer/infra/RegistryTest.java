package mlopsprimer.infra;

import static mlopsprimer.infra.Stack.at;
import static org.assertj.core.api.Assertions.assertThat;

import com.pulumi.test.Mocks.ResourceArgs;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Stacks whose images are in a registry. */
class RegistryTest {
  private static final String IMAGE = "node-provider:index:Image";
  private static final String DEPLOYMENT = "kubernetes:apps/v1:Deployment";
  private static final String JOB = "kubernetes:batch/v1:Job";
  private static final String CRON_JOB = "kubernetes:batch/v1:CronJob";
  private static final String OWNERSHIP = "node-provider:index:Ownership";

  private static final Stack STACK = Stack.of(AnyCluster.BUCKET);

  @Test
  void theImagesArePushedAndThePodsPullThemByTheirDigests() {
    assertThat(STACK.result().errors()).isEmpty();
    assertThat(STACK.types()).doesNotContain("node-provider:index:NodeImport");
    for (ResourceArgs image : STACK.ofType(IMAGE)) {
      assertThat(image.inputs)
          .containsEntry("name", "registry.example.com:5000/team/primer/ml-" + image.name)
          .containsEntry("push", true)
          .containsEntry("architecture", "auto");
    }
    assertThat(at(STACK.only(DEPLOYMENT).inputs, "spec/template/spec/containers/0/image"))
        .isEqualTo("registry.example.com:5000/team/primer/ml-api@sha256:api");
    assertThat(at(STACK.only(JOB).inputs, "spec/template/spec/containers/0/image"))
        .isEqualTo("registry.example.com:5000/team/primer/ml-trainer@sha256:trainer");
  }

  @Test
  void aSecondStackHasAPathOfItsOwnInTheRegistry() {
    Stack second = Stack.of(AnyCluster.with(AnyCluster.BUCKET, Map.of("namespace", "prod")));

    assertThat(second.ofType(IMAGE))
        .extracting(image -> image.inputs.get("name"))
        .containsExactlyInAnyOrder(
            "registry.example.com:5000/team/primer/prod/ml-trainer",
            "registry.example.com:5000/team/primer/prod/ml-api");
  }

  @Test
  void nothingUsesTheNodesWithARegistryAndABucket() {
    assertThat(STACK.types()).noneMatch(type -> type.contains("NodeDirectory"));
    assertThat(STACK.only(OWNERSHIP).inputs).doesNotContainKeys("nodes", "sshConfig", "path");
    assertThat(STACK.registered().toString()).doesNotContain("ssh-config");
  }

  @Test
  void aVolumeOnANodeStillNeedsTheNodes() {
    Stack volume = Stack.of(AnyCluster.REGISTRY);

    assertThat(volume.only("node-provider:index:NodeDirectory").inputs)
        .containsEntry("node", "kube-worker-1");
    assertThat(volume.only(OWNERSHIP).inputs)
        .containsEntry("nodes", List.of("kube-control-plane", "kube-worker-1"));
    assertThat(volume.types()).doesNotContain("node-provider:index:NodeImport");
  }

  @Test
  void everyPodHasThePullSecret() {
    Stack stack =
        Stack.of(AnyCluster.with(AnyCluster.BUCKET, Map.of("imagePullSecret", "registry")));

    for (Object pod :
        List.of(
            at(stack.only(DEPLOYMENT).inputs, "spec/template/spec"),
            at(stack.only(JOB).inputs, "spec/template/spec"),
            at(stack.only(CRON_JOB).inputs, "spec/jobTemplate/spec/template/spec"))) {
      assertThat(at(pod, "imagePullSecrets")).isEqualTo(List.of(Map.of("name", "registry")));
    }
    assertThat(at(STACK.only(DEPLOYMENT).inputs, "spec/template/spec/imagePullSecrets")).isNull();
  }

  @Test
  void theContextOfTheKubeconfigReachesEveryConnection() {
    Stack stack = Stack.of(AnyCluster.with(AnyCluster.BUCKET, Map.of("kubeContext", "prod")));

    assertThat(stack.only("pulumi:providers:kubernetes").inputs).containsEntry("context", "prod");
    assertThat(stack.only(OWNERSHIP).inputs).containsEntry("kubeContext", "prod");
    assertThat(stack.only("node-provider:index:Rollout").inputs)
        .containsEntry("kubeContext", "prod");
    assertThat(STACK.only(OWNERSHIP).inputs).doesNotContainKey("kubeContext");
  }
}
