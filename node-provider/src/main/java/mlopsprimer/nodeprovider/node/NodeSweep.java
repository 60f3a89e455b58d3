package mlopsprimer.nodeprovider.node;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import mlopsprimer.contract.NodePath;
import mlopsprimer.contract.StackOwner;
import mlopsprimer.nodeprovider.rpc.Log;

/**
 * Removes from the nodes what a stack left there although Pulumi's state does not have it: images,
 * and the directory with the stack's mark.
 */
public final class NodeSweep {
  private NodeSweep() {}

  /**
   * What to remove.
   *
   * @param images names of the stack's images without their tags
   * @param path directory of the stack
   * @param keep whether the directory stays
   */
  public record Target(
      List<String> nodes, List<String> images, String path, boolean keep, StackOwner owner) {}

  /**
   * Removes what is left on the nodes that the OpenSSH configuration has. The user is warned of
   * each other node.
   */
  public static void run(Path sshConfig, Target target, Log log) throws Exception {
    SshConfig config = SshConfig.readIfPresent(sshConfig);
    NodesAtOnce.run(
            config,
            config.known(
                target.nodes(),
                "look there for images of the names %s and for %s"
                    .formatted(target.images(), target.path()),
                log),
            node -> {
              removeFrom(node, target, log);
              return true;
            })
        .requireNoFailure();
  }

  private static void removeFrom(Node node, Target target, Log log) throws Exception {
    Containerd containerd = new Containerd(node);
    for (Map.Entry<String, String> image : containerd.tagsOf(target.images()).entrySet()) {
      log.info(
          "removing %s from %s, where an interrupted update left it"
              .formatted(image.getKey(), node.name()));
      containerd.remove(image.getKey(), image.getValue());
    }
    if (NodePath.problem(target.path()).isPresent()) {
      return; // the resource NodeDirectory has warned of the directory
    }
    OwnedDirectory directory = new OwnedDirectory(node, target.path(), NodePath::problem);
    if (directory.look().owner().filter(target.owner()::isSameStackAs).isEmpty()) {
      return;
    }
    if (target.keep()) {
      NodeDirectoryResource.keep(
          directory, target.owner(), "%s on %s".formatted(target.path(), node.name()), log);
    } else {
      log.info(
          "deleting %s on %s, where an interrupted update left it"
              .formatted(target.path(), node.name()));
      directory.delete();
    }
  }
}
