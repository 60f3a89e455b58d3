package mlopsprimer.infra.resources;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.core.v1.Secret;
import com.pulumi.kubernetes.core.v1.SecretArgs;
import com.pulumi.kubernetes.core.v1.inputs.EnvVarArgs;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.Resource;
import java.util.List;
import java.util.Map;

/**
 * A Secret with the credentials of one user of the S3 store. Pulumi's state has the secret key
 * encrypted.
 */
final class CredentialsSecret {
  /** The key in the Secret, and the environment variable of the AWS SDK, of the access key. */
  static final String ACCESS_KEY = "AWS_ACCESS_KEY_ID";

  /** The key in the Secret, and the environment variable of the AWS SDK, of the secret key. */
  static final String SECRET_KEY = "AWS_SECRET_ACCESS_KEY";

  private static final Labels LABELS = Labels.of("store");

  private final String name;
  private final Secret secret;

  /**
   * @param name name of the Secret in Kubernetes
   * @param accessKey a text that is no secret
   * @param secretKey a text that Pulumi keeps secret
   */
  CredentialsSecret(
      String name,
      Output<String> accessKey,
      Output<String> secretKey,
      Cluster cluster,
      ComponentResource parent) {
    this.name = name;
    secret =
        new Secret(
            name,
            SecretArgs.builder()
                .metadata(cluster.objects().metadata(name, LABELS))
                .type("Opaque")
                .stringData(
                    Output.tuple(accessKey, secretKey)
                        .applyValue(keys -> Map.of(ACCESS_KEY, keys.t1, SECRET_KEY, keys.t2)))
                .build(),
            cluster.optionsBuilder(parent).dependsOn(cluster.namespace()).build());
  }

  Resource secret() {
    return secret;
  }

  /** The environment variables of a container, with the values of this Secret. */
  List<EnvVarArgs> environment(String accessKeyVariable, String secretKeyVariable) {
    return List.of(
        Variables.secret(accessKeyVariable, name, ACCESS_KEY),
        Variables.secret(secretKeyVariable, name, SECRET_KEY));
  }
}
