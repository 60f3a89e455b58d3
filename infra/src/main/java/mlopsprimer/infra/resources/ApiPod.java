package mlopsprimer.infra.resources;

import com.pulumi.kubernetes.core.v1.inputs.ContainerPortArgs;
import com.pulumi.kubernetes.core.v1.inputs.HTTPGetActionArgs;
import com.pulumi.kubernetes.core.v1.inputs.PodSpecArgs;
import com.pulumi.kubernetes.core.v1.inputs.PodTemplateSpecArgs;
import com.pulumi.kubernetes.core.v1.inputs.ProbeArgs;
import com.pulumi.kubernetes.core.v1.inputs.TolerationArgs;
import com.pulumi.kubernetes.core.v1.inputs.TopologySpreadConstraintArgs;
import java.util.List;
import mlopsprimer.contract.AppPod;
import mlopsprimer.infra.config.App;
import mlopsprimer.infra.config.StackConfig;

/** The pod of the prediction API: one container with its probes. */
final class ApiPod {
  static final Labels LABELS = Labels.of("api");

  /** Name of the Deployment and of all that belongs to it. */
  static final String NAME = "prediction-api";

  /** Name of the container's port for requests. */
  static final String HTTP = "http";

  /**
   * Name of the container's port for probes and metrics. Clients that take every connection of the
   * other port do not delay the probes.
   */
  private static final String MANAGEMENT = "management";

  /** After SIGTERM, the API answers for 5 s more and then completes the requests that it has. */
  private static final int STOP_SECONDS = 20;

  /** Time for which a pod stays on a node that does not answer. */
  private static final int LOST_NODE_SECONDS = 15;

  private ApiPod() {}

  static PodTemplateSpecArgs template(StackConfig config, Images images, Store store) {
    RestrictedPod pod = new RestrictedPod(App.API, config, store);
    return PodTemplateSpecArgs.builder()
        .metadata(pod.metadata(LABELS))
        .spec(
            spread(config, pod.spec())
                .terminationGracePeriodSeconds(STOP_SECONDS)
                .containers(
                    pod.container(images, List.of())
                        .args(config.apiArguments())
                        .ports(
                            port(HTTP, AppPod.HTTP_PORT), port(MANAGEMENT, AppPod.MANAGEMENT_PORT))
                        .startupProbe(probe("/health/live", 1, 60))
                        .readinessProbe(probe("/health/ready", 1, 1))
                        .livenessProbe(probe("/health/live", 10, 3))
                        .build())
                .build())
        .build();
  }

  /**
   * Spreads the pods over nodes and zones, and moves them soon from a node that is lost, if the
   * store does not bind them to one node. Without these tolerations, Kubernetes waits five minutes.
   */
  private static PodSpecArgs.Builder spread(StackConfig config, PodSpecArgs.Builder spec) {
    if (!config.store().isS3()) {
      return spec;
    }
    return spec.topologySpreadConstraints(
            evenly("kubernetes.io/hostname"), evenly("topology.kubernetes.io/zone"))
        .tolerations(
            untilMoved("node.kubernetes.io/not-ready"),
            untilMoved("node.kubernetes.io/unreachable"));
  }

  private static TopologySpreadConstraintArgs evenly(String topologyKey) {
    return TopologySpreadConstraintArgs.builder()
        .maxSkew(1)
        .topologyKey(topologyKey)
        .whenUnsatisfiable("ScheduleAnyway")
        .labelSelector(KubernetesObjects.selector(LABELS.selector()))
        .build();
  }

  private static TolerationArgs untilMoved(String taint) {
    return TolerationArgs.builder()
        .key(taint)
        .operator("Exists")
        .effect("NoExecute")
        .tolerationSeconds(LOST_NODE_SECONDS)
        .build();
  }

  private static ContainerPortArgs port(String name, int number) {
    return ContainerPortArgs.builder().name(name).containerPort(number).build();
  }

  private static ProbeArgs probe(String path, int periodSeconds, int failures) {
    return ProbeArgs.builder()
        .httpGet(HTTPGetActionArgs.builder().path(path).port(MANAGEMENT).build())
        .periodSeconds(periodSeconds)
        .timeoutSeconds(2)
        .failureThreshold(failures)
        .build();
  }
}
