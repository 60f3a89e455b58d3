package mlopsprimer.infra.resources;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.core.v1.inputs.EnvVarArgs;
import com.pulumi.resources.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mlopsprimer.contract.AppSettings;

/**
 * An MLflow server, as the pods of the apps and people reach it.
 *
 * @param url URL for people; that inside the cluster if the server has no port on the nodes
 * @param portForward the command that makes the server answer on port 5000 of this machine, if it
 *     has no port on the nodes
 * @param ready what must exist before a pod that uses the server is created
 * @param environment environment variables of the pods of both apps
 * @param annotations annotations of these pods; they change with the credentials
 */
public record Mlflow(
    Output<String> url,
    Optional<String> portForward,
    List<Resource> ready,
    List<EnvVarArgs> environment,
    Output<Map<String, String>> annotations) {
  /** Labels of every object of a server of the stack's own. */
  static final Labels LABELS = Labels.of("mlflow");

  /** Variable of MLflow's own clients with the URL of the server. The apps read it, too. */
  static final String TRACKING_URI = AppSettings.MLFLOW.variable();

  public Mlflow {
    ready = List.copyOf(ready);
    environment = List.copyOf(environment);
  }
}
