package mlopsprimer.infra.nodeprovider;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Import;
import com.pulumi.core.annotations.ResourceType;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;

/**
 * The complete rollout of a Deployment. The node-provider waits until the rollout is complete and a
 * URL gives the expected answer.
 */
@ResourceType(type = "node-provider:index:Rollout")
public final class Rollout extends CustomResource {
  public Rollout(String name, Args args, CustomResourceOptions options) {
    super("node-provider:index:Rollout", name, args, options);
  }

  /** The Deployment to watch, and the expected answer of the URL. */
  @SuppressWarnings("UnusedVariable") // the SDK reads the fields
  public static final class Args extends ResourceArgs {
    @Import(name = "kubeconfig", required = true)
    private final Output<String> kubeconfig;

    @Import(name = "namespace", required = true)
    private final Output<String> namespace;

    @Import(name = "deployment", required = true)
    private final Output<String> deployment;

    @Import(name = "generation", required = true)
    private final Output<String> generation;

    @Import(name = "url", required = true)
    private final Output<String> url;

    @Import(name = "contains", required = true)
    private final Output<String> contains;

    /**
     * @param kubeconfig path of the cluster's kubeconfig
     * @param generation a text that differs for each rollout
     * @param url URL that is requested when the rollout is complete
     * @param contains text that the expected answer contains
     */
    public Args(
        String kubeconfig,
        String namespace,
        String deployment,
        Output<String> generation,
        String url,
        String contains) {
      this.kubeconfig = Output.of(kubeconfig);
      this.namespace = Output.of(namespace);
      this.deployment = Output.of(deployment);
      this.generation = generation;
      this.url = Output.of(url);
      this.contains = Output.of(contains);
    }
  }
}
