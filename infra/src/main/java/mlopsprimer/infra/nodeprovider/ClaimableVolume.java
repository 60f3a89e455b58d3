package mlopsprimer.infra.nodeprovider;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Export;
import com.pulumi.core.annotations.Import;
import com.pulumi.core.annotations.ResourceType;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;

/**
 * A PersistentVolume that a claim of the given name may bind, also after an earlier claim of that
 * name was deleted.
 */
@ResourceType(type = "node-provider:index:ClaimableVolume")
public final class ClaimableVolume extends CustomResource {
  /** What {@link #lost} is as long as no claim was lost. */
  public static final String NONE = "none";

  @Export(
      name = "lost",
      refs = {String.class},
      tree = "[0]")
  private Output<String> lost;

  public ClaimableVolume(String name, Args args, CustomResourceOptions options) {
    super("node-provider:index:ClaimableVolume", name, args, options);
  }

  /** The uid of the last claim that was lost, or {@link #NONE}. */
  public Output<String> lost() {
    return lost;
  }

  /** The volume and the claim. */
  @SuppressWarnings("UnusedVariable") // the SDK reads the fields
  public static final class Args extends ResourceArgs {
    @Import(name = "kubeconfig", required = true)
    private final Output<String> kubeconfig;

    @Import(name = "kubeContext")
    private final Output<String> kubeContext;

    @Import(name = "volume", required = true)
    private final Output<String> volume;

    @Import(name = "namespace", required = true)
    private final Output<String> namespace;

    @Import(name = "claim", required = true)
    private final Output<String> claim;

    public Args(ClusterAccess cluster, String volume, String namespace, String claim) {
      this.kubeconfig = Output.of(cluster.kubeconfig());
      this.kubeContext = cluster.context().map(Output::of).orElse(null);
      this.volume = Output.of(volume);
      this.namespace = Output.of(namespace);
      this.claim = Output.of(claim);
    }
  }
}
