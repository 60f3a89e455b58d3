package mlopsprimer.infra.nodeprovider;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Export;
import com.pulumi.core.annotations.Import;
import com.pulumi.core.annotations.ResourceType;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;
import java.util.List;
import java.util.Optional;

/**
 * The names that the stack uses on the cluster and its nodes. Its creation fails if another stack
 * uses one of them. Its deletion removes what interrupted updates left.
 */
@ResourceType(type = "node-provider:index:Ownership")
public final class Ownership extends CustomResource {
  @Export(
      name = "owner",
      refs = {String.class},
      tree = "[0]")
  private Output<String> owner;

  public Ownership(String name, Args args, CustomResourceOptions options) {
    super("node-provider:index:Ownership", name, args, options);
  }

  /** The mark of the stack: project/stack/id. */
  public Output<String> owner() {
    return owner;
  }

  /** The stack and its names. */
  @SuppressWarnings("UnusedVariable") // the SDK reads the fields
  public static final class Args extends ResourceArgs {
    @Import(name = "project", required = true)
    private final Output<String> project;

    @Import(name = "stack", required = true)
    private final Output<String> stack;

    @Import(name = "namespace", required = true)
    private final Output<String> namespace;

    @Import(name = "volume", required = true)
    private final Output<String> volume;

    @Import(name = "path")
    private final Output<String> path;

    @Import(name = "images", required = true)
    private final Output<List<String>> images;

    @Import(name = "nodePort")
    private final Output<Integer> nodePort;

    @Import(name = "mlflowNodePort")
    private final Output<Integer> mlflowNodePort;

    @Import(name = "nodes")
    private final Output<List<String>> nodes;

    @Import(name = "keep", required = true)
    private final Output<Boolean> keep;

    @Import(name = "adopt", required = true)
    private final Output<String> adopt;

    @Import(name = "kubeconfig", required = true)
    private final Output<String> kubeconfig;

    @Import(name = "kubeContext")
    private final Output<String> kubeContext;

    @Import(name = "sshConfig")
    private final Output<String> sshConfig;

    /**
     * @param volume name of the PersistentVolume and of the StorageClass
     * @param images names of the images without their tags
     * @param ports ports of every node
     * @param onNodes what belongs to the stack on the nodes; empty if the stack changes no node
     * @param keep whether the directory stays when the stack is destroyed
     * @param adopt id of another stack to take over, or none
     */
    public Args(
        String project,
        String stack,
        String namespace,
        String volume,
        List<String> images,
        NodePorts ports,
        Optional<OnNodes> onNodes,
        boolean keep,
        String adopt,
        ClusterAccess cluster) {
      this.project = Output.of(project);
      this.stack = Output.of(stack);
      this.namespace = Output.of(namespace);
      this.volume = Output.of(volume);
      this.images = Output.of(images);
      this.nodePort = ports.api().map(Output::of).orElse(null);
      this.mlflowNodePort = ports.mlflow().map(Output::of).orElse(null);
      this.path = onNodes.map(on -> Output.of(on.path())).orElse(null);
      this.nodes = onNodes.map(on -> Output.of(on.nodes())).orElse(null);
      this.sshConfig = onNodes.map(on -> Output.of(on.sshConfig())).orElse(null);
      this.keep = Output.of(keep);
      this.adopt = Output.of(adopt);
      this.kubeconfig = Output.of(cluster.kubeconfig());
      this.kubeContext = cluster.context().map(Output::of).orElse(null);
    }
  }

  /**
   * The ports of every node on which something of the stack answers.
   *
   * @param api port of the API; empty if it has none
   * @param mlflow port of the MLflow server; empty if it has none
   */
  public record NodePorts(Optional<Integer> api, Optional<Integer> mlflow) {}

  /**
   * What belongs to the stack on the nodes.
   *
   * @param path directory of the model store
   * @param nodes names of the nodes
   * @param sshConfig path of the OpenSSH configuration, from the checkout's root
   */
  public record OnNodes(String path, List<String> nodes, String sshConfig) {}
}
