package mlopsprimer.infra.resources;

import com.pulumi.kubernetes.autoscaling.v2.HorizontalPodAutoscaler;
import com.pulumi.kubernetes.autoscaling.v2.HorizontalPodAutoscalerArgs;
import com.pulumi.kubernetes.autoscaling.v2.inputs.CrossVersionObjectReferenceArgs;
import com.pulumi.kubernetes.autoscaling.v2.inputs.HorizontalPodAutoscalerSpecArgs;
import com.pulumi.kubernetes.autoscaling.v2.inputs.MetricSpecArgs;
import com.pulumi.kubernetes.autoscaling.v2.inputs.MetricTargetArgs;
import com.pulumi.kubernetes.autoscaling.v2.inputs.ResourceMetricSourceArgs;
import com.pulumi.kubernetes.policy.v1.PodDisruptionBudget;
import com.pulumi.kubernetes.policy.v1.PodDisruptionBudgetArgs;
import com.pulumi.kubernetes.policy.v1.inputs.PodDisruptionBudgetSpecArgs;
import com.pulumi.resources.ComponentResource;
import mlopsprimer.infra.config.App;
import mlopsprimer.infra.config.ServiceSettings;
import mlopsprimer.infra.config.StackConfig;

/**
 * What keeps the API available if its pods can run on every node: a disruption budget, and an
 * autoscaler if the settings ask for one. Pods that a volume binds to one node have neither,
 * because a budget would stop {@code kubectl drain} of that node for ever.
 */
final class ApiAvailability {
  private static final Labels LABELS = ApiPod.LABELS;

  /** Share of the CPU limit that the autoscaler aims at, in percent. */
  private static final int BUSY_PERCENT = 70;

  private ApiAvailability() {}

  /** Creates the objects that the settings ask for. */
  static void add(StackConfig config, Cluster cluster, ComponentResource parent) {
    int replicas = config.get(ServiceSettings.REPLICAS);
    int most = config.get(ServiceSettings.API_MAX_REPLICAS);
    if (replicas > 1) {
      budget(cluster, parent);
    }
    if (most > 0) {
      autoscaler(config, replicas, most, cluster, parent);
    }
  }

  private static void budget(Cluster cluster, ComponentResource parent) {
    new PodDisruptionBudget(
        ApiPod.NAME,
        PodDisruptionBudgetArgs.builder()
            .metadata(cluster.objects().metadata(ApiPod.NAME, LABELS))
            .spec(
                PodDisruptionBudgetSpecArgs.builder()
                    .maxUnavailable(1)
                    .selector(KubernetesObjects.selector(LABELS.selector()))
                    .build())
            .build(),
        cluster.optionsBuilder(parent).dependsOn(cluster.namespace()).build());
  }

  private static void autoscaler(
      StackConfig config, int least, int most, Cluster cluster, ComponentResource parent) {
    int millicores = config.limits(App.API).cpu().millicores() * BUSY_PERCENT / 100;
    new HorizontalPodAutoscaler(
        ApiPod.NAME,
        HorizontalPodAutoscalerArgs.builder()
            .metadata(
                cluster.objects().metadata(ApiPod.NAME, LABELS, KubernetesObjects.NOT_AWAITED))
            .spec(
                HorizontalPodAutoscalerSpecArgs.builder()
                    .scaleTargetRef(
                        CrossVersionObjectReferenceArgs.builder()
                            .apiVersion("apps/v1")
                            .kind("Deployment")
                            .name(ApiPod.NAME)
                            .build())
                    .minReplicas(least)
                    .maxReplicas(most)
                    .metrics(
                        MetricSpecArgs.builder()
                            .type("Resource")
                            .resource(
                                ResourceMetricSourceArgs.builder()
                                    .name("cpu")
                                    .target(
                                        MetricTargetArgs.builder()
                                            .type("AverageValue")
                                            .averageValue(Math.max(1, millicores) + "m")
                                            .build())
                                    .build())
                            .build())
                    .build())
            .build(),
        cluster.optionsBuilder(parent).dependsOn(cluster.namespace()).build());
  }
}
