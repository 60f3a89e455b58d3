package mlopsprimer.infra.resources;

import com.pulumi.kubernetes.core.v1.inputs.EnvVarArgs;
import com.pulumi.kubernetes.core.v1.inputs.EnvVarSourceArgs;
import com.pulumi.kubernetes.core.v1.inputs.SecretKeySelectorArgs;

/** Makes environment variables of containers. */
final class Variables {
  private Variables() {}

  /** A variable with a value that everybody may see. */
  static EnvVarArgs plain(String name, String value) {
    return EnvVarArgs.builder().name(name).value(value).build();
  }

  /**
   * A variable whose value is in a Secret.
   *
   * @param variable name of the variable
   * @param name name of the Secret in Kubernetes
   */
  static EnvVarArgs secret(String variable, String name, String key) {
    return EnvVarArgs.builder()
        .name(variable)
        .valueFrom(
            EnvVarSourceArgs.builder()
                .secretKeyRef(SecretKeySelectorArgs.builder().name(name).key(key).build())
                .build())
        .build();
  }
}
