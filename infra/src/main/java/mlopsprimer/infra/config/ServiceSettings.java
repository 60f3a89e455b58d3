package mlopsprimer.infra.config;

import mlopsprimer.contract.Format;
import mlopsprimer.contract.Setting;
import mlopsprimer.contract.SettingGroup;

/** How many pods the API has, and who can reach them. */
public final class ServiceSettings {
  public static final Setting<Integer> REPLICAS =
      new Setting<>("replicas", Format.wholeNumber(1, 20), "2", "Number of API pods.");

  public static final Setting<Integer> API_MAX_REPLICAS =
      new Setting<>(
          "api-max-replicas",
          Format.wholeNumber(0, 100),
          "0",
          "Largest number of API pods. With a number above replicas, an autoscaler changes the"
              + " number of pods with their use of CPU, which needs the metrics-server in the"
              + " cluster and a store on S3. 0 keeps the number of replicas.");

  public static final Setting<ServiceType> SERVICE_TYPE =
      new Setting<>(
          "service-type",
          Word.oneOf(ServiceType.class),
          "NodePort",
          "How the API is reached: NodePort on a port of every node, LoadBalancer at an address that"
              + " the cluster's cloud provides, ClusterIP only from inside the cluster.");

  public static final Setting<Integer> NODE_PORT =
      new Setting<>(
          "node-port",
          Format.wholeNumber(30_000, 32_767),
          "30951",
          "TCP port on which the API answers, on every node. It is used with the service type NodePort"
              + " only.");

  static final SettingGroup ALL =
      SettingGroup.of(REPLICAS, API_MAX_REPLICAS, SERVICE_TYPE, NODE_PORT);

  private ServiceSettings() {}
}
