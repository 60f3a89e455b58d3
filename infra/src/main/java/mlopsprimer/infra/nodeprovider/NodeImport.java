package mlopsprimer.infra.nodeprovider;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Import;
import com.pulumi.core.annotations.ResourceType;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;
import java.util.List;

/** An image that the node-provider imports into containerd on every node. */
@ResourceType(type = "node-provider:index:NodeImport")
public final class NodeImport extends CustomResource {
  public NodeImport(String name, Args args, CustomResourceOptions options) {
    super("node-provider:index:NodeImport", name, args, options);
  }

  /** The image to import, and the nodes that get the image. */
  @SuppressWarnings("UnusedVariable") // the SDK reads the fields
  public static final class Args extends ResourceArgs {
    @Import(name = "reference", required = true)
    private final Output<String> reference;

    @Import(name = "digest", required = true)
    private final Output<String> digest;

    @Import(name = "archive", required = true)
    private final Output<String> archive;

    @Import(name = "nodes", required = true)
    private final Output<List<String>> nodes;

    @Import(name = "sshConfig", required = true)
    private final Output<String> sshConfig;

    public Args(Image image, List<String> nodes, String sshConfig) {
      this.reference = image.reference();
      this.digest = image.digest();
      this.archive = image.archive();
      this.nodes = Output.of(nodes);
      this.sshConfig = Output.of(sshConfig);
    }
  }
}
