package mlopsprimer.infra.config;

import com.google.gson.Gson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * The nodes of the cluster, as `vagrant up` wrote them to infra-context/nodes.json.
 *
 * @param all at least one, in the order of their names
 */
public record Nodes(List<Node> all) {
  private static final String WORKER = "worker";

  /**
   * One node.
   *
   * @param name in Kubernetes and in the ssh-config
   * @param role control-plane or worker
   * @param address where its NodePorts answer
   */
  public record Node(String name, String role, String address) {
    public Node {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(role, "role");
      Objects.requireNonNull(address, "address");
    }
  }

  public Nodes {
    all = all.stream().sorted(Comparator.comparing(Node::name)).toList();
  }

  /**
   * Reads the inventory.
   *
   * @throws InvalidConfig if the file cannot be read, or names no node
   */
  static Nodes read(Path file) {
    Nodes nodes;
    try {
      nodes = new Nodes(List.of(new Gson().fromJson(Files.readString(file), Node[].class)));
    } catch (IOException | RuntimeException e) { // Gson wraps what the record throws
      throw problem(file, String.valueOf(e.getMessage()));
    }
    if (nodes.all().isEmpty()) {
      throw problem(file, "it names no node");
    }
    return nodes;
  }

  private static InvalidConfig problem(Path file, String cause) {
    return new InvalidConfig(
        List.of("cannot read the nodes in %s (%s): 'vagrant up' writes it".formatted(file, cause)));
  }

  public List<String> names() {
    return all.stream().map(Node::name).toList();
  }

  /** The node whose disk holds the model store: the first worker, or else the first node. */
  public Node ofStore() {
    return all.stream().filter(node -> node.role().equals(WORKER)).findFirst().orElse(all.get(0));
  }
}
