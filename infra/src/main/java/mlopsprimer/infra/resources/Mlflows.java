package mlopsprimer.infra.resources;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.core.v1.inputs.EnvVarArgs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mlopsprimer.contract.BaseUrl;
import mlopsprimer.contract.Setting;
import mlopsprimer.infra.config.MlflowSettings;
import mlopsprimer.infra.config.Nodes;
import mlopsprimer.infra.config.StackConfig;

/** Creates what the setting {@code mlflow} names. */
public final class Mlflows {
  private Mlflows() {}

  /**
   * Creates the MLflow server of the stack, or the credentials for a server that exists.
   *
   * @param nodes the nodes, if the stack changes something on them
   * @return empty if the trainings are not recorded in MLflow
   */
  public static Optional<Mlflow> of(
      StackConfig config, Optional<Nodes> nodes, Cluster cluster, Images images, Store models) {
    return switch (config.mlflow().kind()) {
      case NONE -> Optional.empty();
      case OWN -> Optional.of(new MlflowServer(config, nodes, cluster, images, models).toMlflow());
      case EXISTING -> Optional.of(existing(config, cluster));
    };
  }

  private static Mlflow existing(StackConfig config, Cluster cluster) {
    String url = config.mlflow().server().map(BaseUrl::toString).orElseThrow();
    Map<String, String> values = new LinkedHashMap<>();
    put(values, "MLFLOW_TRACKING_USERNAME", config, MlflowSettings.USERNAME);
    put(values, "MLFLOW_TRACKING_PASSWORD", config, MlflowSettings.PASSWORD);
    put(values, "MLFLOW_TRACKING_TOKEN", config, MlflowSettings.TOKEN);
    List<EnvVarArgs> environment = new ArrayList<>();
    environment.add(Variables.plain(Mlflow.TRACKING_URI, url));
    if (values.isEmpty()) {
      return new Mlflow(
          Output.of(url), Optional.empty(), List.of(), environment, Output.of(Map.of()));
    }
    MlflowSecret secret = new MlflowSecret("mlflow-credentials", values, cluster);
    environment.addAll(secret.environment());
    return new Mlflow(
        Output.of(url), Optional.empty(), List.of(secret), environment, secret.annotations());
  }

  private static void put(
      Map<String, String> values,
      String variable,
      StackConfig config,
      Setting<Optional<String>> setting) {
    config.get(setting).ifPresent(value -> values.put(variable, value));
  }
}
