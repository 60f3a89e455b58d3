package mlopsprimer.infra.resources;

import com.pulumi.kubernetes.core.v1.inputs.AffinityArgs;
import com.pulumi.kubernetes.core.v1.inputs.PodAffinityArgs;
import com.pulumi.kubernetes.core.v1.inputs.PodAffinityTermArgs;
import com.pulumi.kubernetes.meta.v1.inputs.LabelSelectorArgs;

/** Says on which node a pod runs. */
final class Placement {
  private Placement() {}

  /**
   * A rule that puts a pod on the node of the pods that a selector matches, for a volume that only
   * one node can mount. Kubernetes lets a pod that the selector itself matches run anywhere while
   * no other pod of the selector is there.
   */
  static AffinityArgs onTheNodeOf(LabelSelectorArgs pods) {
    return AffinityArgs.builder()
        .podAffinity(
            PodAffinityArgs.builder()
                .requiredDuringSchedulingIgnoredDuringExecution(
                    PodAffinityTermArgs.builder()
                        .topologyKey("kubernetes.io/hostname")
                        .labelSelector(pods)
                        .build())
                .build())
        .build();
  }
}
