package mlopsprimer.infra.config;

import com.google.gson.Gson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * The nodes of the cluster, which {@code vagrant up} writes to infra-context/nodes.json.
 *
 * @param all the nodes, in the order of their names; at least one
 */
public record Nodes(List<Node> all) {
  private static final String WORKER = "worker";

  /**
   * One node.
   *
   * @param name name of the node in Kubernetes and in the ssh-config
   * @param role control-plane or worker
   * @param address IP address on which the node's NodePorts answer
   */
  public record Node(String name, String role, String address) {
    public Node {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(role, "role");
      Objects.requireNonNull(address, "address");
    }
  }

  /**
   * @throws IllegalArgumentException if there is no node
   */
  public Nodes {
    all = all.stream().sorted(Comparator.comparing(Node::name)).toList();
    if (all.isEmpty()) {
      throw new IllegalArgumentException("it lists no node");
    }
  }

  /**
   * Reads the nodes in nodes.json.
   *
   * @throws InvalidConfig if the file cannot be read, or lists no node
   */
  static Nodes read(Path file) {
    try {
      return new Nodes(List.of(new Gson().fromJson(Files.readString(file), Node[].class)));
    } catch (IOException e) {
      throw problem(file, e.toString());
    } catch (RuntimeException e) { // Gson wraps the exceptions of the record in its own
      throw problem(
          file, "it is not a list of nodes with name, role and address: " + e.getMessage());
    }
  }

  private static InvalidConfig problem(Path file, String cause) {
    return new InvalidConfig(
        List.of(
            "cannot read the nodes in %s (%s): run 'vagrant up', which writes that file"
                .formatted(file, cause)));
  }

  public List<String> names() {
    return all.stream().map(Node::name).toList();
  }

  /** The node whose disk holds the model store: the first worker, or else the first node. */
  public Node ofStore() {
    return all.stream().filter(node -> node.role().equals(WORKER)).findFirst().orElse(all.get(0));
  }
}
