package mlopsprimer.infra;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The cluster's nodes, as `vagrant up` wrote them to its ssh-config. */
record Nodes(List<Node> all) {
  private static final Pattern HOST = Pattern.compile("(?m)^Host (\\S+)\\s+# Address (\\S+)");

  /** Its name in Kubernetes and in the ssh-config, and where its NodePorts are. */
  record Node(String name, String address) {}

  Nodes {
    all = List.copyOf(all);
    if (all.isEmpty()) {
      throw new InvalidConfig(List.of("sshConfig names no node: 'vagrant up' writes it"));
    }
  }

  static Nodes of(Path sshConfig) {
    try {
      List<Node> nodes = new ArrayList<>();
      for (MatchResult host : HOST.matcher(Files.readString(sshConfig)).results().toList()) {
        nodes.add(new Node(host.group(1), host.group(2)));
      }
      return new Nodes(nodes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<String> names() {
    return all.stream().map(Node::name).sorted().toList();
  }

  /** Where the models are: the first worker, or the only node there is. */
  Node first() {
    return all.stream()
        .filter(node -> node.name().startsWith("kube-worker-"))
        .min((a, b) -> a.name().compareTo(b.name()))
        .orElse(all.get(0));
  }
}
