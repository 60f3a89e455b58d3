package mlopsprimer.infra.nodeprovider;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Export;
import com.pulumi.core.annotations.Import;
import com.pulumi.core.annotations.ResourceType;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;

/** A directory on one node, with its owner. */
@ResourceType(type = "node-provider:index:NodeDirectory")
public final class NodeDirectory extends CustomResource {
  @Export(
      name = "made",
      refs = {String.class},
      tree = "[0]")
  private Output<String> made;

  public NodeDirectory(String name, Args args, CustomResourceOptions options) {
    super("node-provider:index:NodeDirectory", name, args, options);
  }

  /**
   * The time at which the directory was created, in seconds since 1970. A directory that was lost
   * and created again has another time.
   */
  public Output<String> made() {
    return made;
  }

  /** The place of the directory, its owner, and whether it stays when the stack is destroyed. */
  @SuppressWarnings("UnusedVariable") // the SDK reads the fields
  public static final class Args extends ResourceArgs {
    @Import(name = "node", required = true)
    private final Output<String> node;

    @Import(name = "path", required = true)
    private final Output<String> path;

    @Import(name = "size", required = true)
    private final Output<String> size;

    @Import(name = "uid", required = true)
    private final Output<Integer> uid;

    @Import(name = "gid", required = true)
    private final Output<Integer> gid;

    @Import(name = "mode", required = true)
    private final Output<String> mode;

    @Import(name = "keep", required = true)
    private final Output<Boolean> keep;

    @Import(name = "owner", required = true)
    private final Output<String> owner;

    @Import(name = "adopt", required = true)
    private final Output<String> adopt;

    @Import(name = "modelFile", required = true)
    private final Output<String> modelFile;

    @Import(name = "sshConfig", required = true)
    private final Output<String> sshConfig;

    /**
     * @param user user id and group id of the directory's owner on the node
     * @param keep whether the directory stays when the stack is destroyed
     * @param owner the mark of the stack
     * @param adopt id of another stack whose directory may be taken over, or none
     * @param modelFile name of the files that messages count as models
     */
    public Args(
        String node,
        String path,
        String size,
        int user,
        boolean keep,
        Output<String> owner,
        String adopt,
        String modelFile,
        String sshConfig) {
      this.node = Output.of(node);
      this.path = Output.of(path);
      this.size = Output.of(size);
      this.uid = Output.of(user);
      this.gid = Output.of(user);
      this.mode = Output.of("0750");
      this.keep = Output.of(keep);
      this.owner = owner;
      this.adopt = Output.of(adopt);
      this.modelFile = Output.of(modelFile);
      this.sshConfig = Output.of(sshConfig);
    }
  }
}
