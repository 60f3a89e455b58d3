package mlopsprimer.nodeprovider.node;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import mlopsprimer.nodeprovider.rpc.Log;
import mlopsprimer.nodeprovider.rpc.ResourceException;
import org.apache.sshd.client.config.hosts.HostConfigEntry;

/** The nodes in an OpenSSH configuration file, which {@code vagrant up} writes to infra-context. */
record SshConfig(Path file, Map<String, Host> hosts) {
  private static final int SSH_PORT = 22;

  /** What to do if a refresh skipped a node that still exists. */
  static final String READ_AGAIN =
      "run 'vagrant provision', which writes that file, and repeat the command";

  private static final Pattern QUOTED = Pattern.compile("\"([^\"\n]*)\"");

  /**
   * Character that replaces a space in a quoted value. HostConfigEntry ends a value at a space or a
   * comma, even in quotes.
   */
  private static final String STAND_IN_FOR_SPACE = "\uE000";

  /** Character that replaces a comma in a quoted value. */
  private static final String STAND_IN_FOR_COMMA = "\uE001";

  /**
   * The values with which an SSH client reaches one node.
   *
   * @param identity file with the private key of the user
   * @param knownHosts file with the host key of the node
   */
  record Host(String name, String address, int port, String user, Path identity, Path knownHosts) {
    /**
     * The same host, with paths in the checkout's present place. Vagrant writes absolute paths, and
     * known_hosts beside the file itself. If known_hosts is not where its path says, but is beside
     * the file, then the checkout was moved or renamed, and every path moves with it.
     *
     * @param present the directory that holds the file now
     */
    Host movedTo(Path present) {
      Path former = knownHosts.getParent();
      if (former == null
          || Files.exists(knownHosts)
          || !Files.exists(present.resolve(knownHosts.getFileName()))) {
        return this;
      }
      UnaryOperator<Path> moved = path -> present.resolve(former.relativize(path)).normalize();
      return new Host(
          name,
          address,
          port,
          user,
          !identity.isAbsolute() || Files.exists(identity) ? identity : moved.apply(identity),
          moved.apply(knownHosts));
    }
  }

  /**
   * Reads the nodes in the file.
   *
   * @throws ResourceException if the file does not exist
   */
  static SshConfig read(Path file) throws IOException, ResourceException {
    if (!Files.isRegularFile(file)) {
      throw new ResourceException(
          file + " does not exist: run 'vagrant up', which writes that file");
    }
    Map<String, Host> hosts = new LinkedHashMap<>();
    try (StringReader text = new StringReader(withoutQuotes(Files.readString(file)))) {
      for (HostConfigEntry entry : HostConfigEntry.readHostConfigEntries(text, true)) {
        for (String name : entry.getHost().split(",", -1)) {
          hosts.put(name, host(name, entry).movedTo(file.toAbsolutePath().getParent()));
        }
      }
    }
    return new SshConfig(file, hosts);
  }

  /**
   * Those of the nodes that the file has. The user is warned of each other node, because what is on
   * it is left alone. {@code vagrant destroy} removes a node from the file.
   *
   * @param remedy what to do if the node still exists, as a part of a sentence
   */
  List<String> known(List<String> nodes, String remedy, Log log) {
    for (String node : nodes) {
      if (!hosts.containsKey(node)) {
        log.warn(
            "%s is skipped, because it is not in %s. If the node still exists, %s"
                .formatted(node, file, remedy));
      }
    }
    return nodes.stream().filter(hosts::containsKey).toList();
  }

  /**
   * Reads the nodes in the file, or no nodes if the file does not exist. {@code vagrant destroy}
   * removes the file when it destroys the last node.
   */
  static SshConfig readIfPresent(Path file) throws IOException, ResourceException {
    return Files.exists(file) ? read(file) : new SshConfig(file, Map.of());
  }

  Optional<Host> find(String node) {
    return Optional.ofNullable(hosts.get(node));
  }

  Host get(String node) throws ResourceException {
    return find(node)
        .orElseThrow(
            () ->
                new ResourceException(
                    "the node %s is not in %s, which has the nodes %s: run 'vagrant up %s'"
                        .formatted(node, file, hosts.keySet(), node)));
  }

  private static Host host(String name, HostConfigEntry entry) {
    return new Host(
        name,
        Optional.ofNullable(entry.getHostName()).orElse(name),
        entry.getPort() > 0 ? entry.getPort() : SSH_PORT,
        Optional.ofNullable(entry.getUsername()).orElse("vagrant"),
        path(entry.getIdentities().stream().findFirst().orElse("")),
        path(entry.getProperty("UserKnownHostsFile", "")));
  }

  private static String withoutQuotes(String config) {
    return QUOTED
        .matcher(config)
        .replaceAll(
            quoted ->
                quoted
                    .group(1)
                    .replace(" ", STAND_IN_FOR_SPACE)
                    .replace(",", STAND_IN_FOR_COMMA)
                    .replace("\\", "\\\\")
                    .replace("$", "\\$"));
  }

  private static Path path(String value) {
    return Path.of(value.replace(STAND_IN_FOR_SPACE, " ").replace(STAND_IN_FOR_COMMA, ","));
  }
}
