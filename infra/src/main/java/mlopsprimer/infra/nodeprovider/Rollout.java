package mlopsprimer.infra.nodeprovider;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Export;
import com.pulumi.core.annotations.Import;
import com.pulumi.core.annotations.ResourceType;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;
import java.util.Optional;

/**
 * The complete rollout of a Deployment. The node-provider waits until the rollout is complete and
 * the pods give the expected answer.
 */
@ResourceType(type = "node-provider:index:Rollout")
public final class Rollout extends CustomResource {
  @Export(
      name = "answersAt",
      refs = {String.class},
      tree = "[0]")
  private Output<String> answersAt;

  public Rollout(String name, Args args, CustomResourceOptions options) {
    super("node-provider:index:Rollout", name, args, options);
  }

  /** The URL at which the Deployment answered. */
  public Output<String> answersAt() {
    return answersAt;
  }

  /** The Deployment to watch, and the expected answer. */
  @SuppressWarnings("UnusedVariable") // the SDK reads the fields
  public static final class Args extends ResourceArgs {
    @Import(name = "kubeconfig", required = true)
    private final Output<String> kubeconfig;

    @Import(name = "kubeContext")
    private final Output<String> kubeContext;

    @Import(name = "namespace", required = true)
    private final Output<String> namespace;

    @Import(name = "deployment", required = true)
    private final Output<String> deployment;

    @Import(name = "generation", required = true)
    private final Output<String> generation;

    @Import(name = "url")
    private final Output<String> url;

    @Import(name = "service")
    private final Output<String> service;

    @Import(name = "path")
    private final Output<String> path;

    @Import(name = "contains", required = true)
    private final Output<String> contains;

    /**
     * @param generation a text that differs for each rollout
     * @param place what is requested when the rollout is complete
     * @param contains text that the expected answer contains
     */
    public Args(
        ClusterAccess cluster,
        String namespace,
        String deployment,
        Output<String> generation,
        Place place,
        String contains) {
      this.kubeconfig = Output.of(cluster.kubeconfig());
      this.kubeContext = cluster.context().map(Output::of).orElse(null);
      this.namespace = Output.of(namespace);
      this.deployment = Output.of(deployment);
      this.generation = generation;
      this.url = place.url().map(Output::of).orElse(null);
      this.service = place.url().isPresent() ? null : Output.of(place.service());
      this.path = place.url().isPresent() ? null : Output.of(place.path());
      this.contains = Output.of(contains);
    }
  }

  /**
   * What is requested when the rollout is complete.
   *
   * @param url the URL, if it is known before the rollout; the Service and the path follow from it
   * @param service name of the Service whose address the node-provider finds out
   * @param path path of the request
   */
  public record Place(Optional<String> url, String service, String path) {}
}
