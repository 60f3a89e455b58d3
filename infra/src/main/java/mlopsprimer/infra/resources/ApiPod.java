package mlopsprimer.infra.resources;

import com.pulumi.kubernetes.core.v1.inputs.ContainerPortArgs;
import com.pulumi.kubernetes.core.v1.inputs.HTTPGetActionArgs;
import com.pulumi.kubernetes.core.v1.inputs.PodTemplateSpecArgs;
import com.pulumi.kubernetes.core.v1.inputs.ProbeArgs;
import mlopsprimer.contract.AppPod;
import mlopsprimer.infra.config.App;
import mlopsprimer.infra.config.StackConfig;

/** The pod of the prediction API: one container with its probes. */
final class ApiPod {
  static final Labels LABELS = Labels.of("api");

  /** Name of the container's port for requests. */
  static final String HTTP = "http";

  /**
   * Name of the container's port for probes and metrics. Clients that take every connection of the
   * other port do not delay the probes.
   */
  private static final String MANAGEMENT = "management";

  private static final RestrictedPod POD = new RestrictedPod(App.API, true);

  /** After SIGTERM, the API answers for 5 s more and then completes the requests that it has. */
  private static final int STOP_SECONDS = 20;

  private ApiPod() {}

  static PodTemplateSpecArgs template(StackConfig config, Images images, StoreVolume store) {
    return PodTemplateSpecArgs.builder()
        .metadata(POD.metadata(LABELS, config, store))
        .spec(
            POD.spec()
                .terminationGracePeriodSeconds(STOP_SECONDS)
                .containers(
                    POD.container(config, images)
                        .args(config.apiArguments())
                        .ports(
                            port(HTTP, AppPod.HTTP_PORT), port(MANAGEMENT, AppPod.MANAGEMENT_PORT))
                        .startupProbe(probe("/health/live", 1, 60))
                        .readinessProbe(probe("/health/ready", 2, 1))
                        .livenessProbe(probe("/health/live", 10, 3))
                        .build())
                .build())
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
