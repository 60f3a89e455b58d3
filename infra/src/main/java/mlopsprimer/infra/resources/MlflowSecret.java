package mlopsprimer.infra.resources;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.core.v1.Secret;
import com.pulumi.kubernetes.core.v1.SecretArgs;
import com.pulumi.kubernetes.core.v1.inputs.EnvVarArgs;
import com.pulumi.resources.ComponentResource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import mlopsprimer.contract.Sha256;

/**
 * A Secret with environment variables of MLflow that nobody may see. Pulumi's state has the values
 * encrypted.
 */
final class MlflowSecret extends ComponentResource {
  private static final int DIGITS = 12;

  private final String name;
  private final Map<String, String> values;

  /**
   * @param name name of the Secret in Kubernetes
   * @param values the values by the names of the variables
   */
  MlflowSecret(String name, Map<String, String> values, Cluster cluster) {
    super("mlops-primer:infra:MlflowSecret", name);
    this.name = name;
    this.values = new TreeMap<>(values);
    new Secret(
        name,
        SecretArgs.builder()
            .metadata(cluster.objects().metadata(name, Mlflow.LABELS))
            .type("Opaque")
            .stringData(Output.ofSecret(this.values))
            .build(),
        cluster.optionsBuilder(this).dependsOn(cluster.namespace()).build());
    registerOutputs(Map.of());
  }

  /** The environment variables of a container, with the values of this Secret. */
  List<EnvVarArgs> environment() {
    return values.keySet().stream().map(key -> Variables.secret(key, name, key)).toList();
  }

  /** An annotation that changes with the values and does not tell them. */
  Output<Map<String, String>> annotations() {
    String digest = Sha256.hex(values.toString().getBytes(UTF_8)).substring(0, DIGITS);
    return Output.of(Map.of("mlops-primer/" + name, digest));
  }
}
