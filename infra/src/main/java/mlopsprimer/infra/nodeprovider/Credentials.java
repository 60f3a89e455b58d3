package mlopsprimer.infra.nodeprovider;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Export;
import com.pulumi.core.annotations.Import;
import com.pulumi.core.annotations.ResourceType;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;
import java.util.List;

/**
 * Random credentials, which the node-provider makes once. Pulumi's state has the secret key
 * encrypted.
 */
@ResourceType(type = "node-provider:index:Credentials")
public final class Credentials extends CustomResource {
  private static final String SECRET_KEY = "secretKey";

  @Export(
      name = "accessKey",
      refs = {String.class},
      tree = "[0]")
  private Output<String> accessKey;

  @Export(
      name = SECRET_KEY,
      refs = {String.class},
      tree = "[0]")
  private Output<String> secretKey;

  public Credentials(String name, Args args, CustomResourceOptions.Builder options) {
    super(
        "node-provider:index:Credentials",
        name,
        args,
        options.additionalSecretOutputs(List.of(SECRET_KEY)).build());
  }

  /** The random name of the user, which is no secret. */
  public Output<String> accessKey() {
    return accessKey;
  }

  /** The random key of the user, a secret. */
  public Output<String> secretKey() {
    return secretKey.asSecret();
  }

  /** Whose credentials they are. */
  @SuppressWarnings("UnusedVariable") // the SDK reads the fields
  public static final class Args extends ResourceArgs {
    @Import(name = "user", required = true)
    private final Output<String> user;

    /**
     * @param user the start of the access key, in capital letters
     */
    public Args(String user) {
      this.user = Output.of(user);
    }
  }
}
