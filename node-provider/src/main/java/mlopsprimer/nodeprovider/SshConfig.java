package mlopsprimer.nodeprovider;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The nodes that an OpenSSH configuration names, as `vagrant up` writes it to infra-context. */
record SshConfig(Path file, Map<String, Host> hosts) {
  /** How one node is reached; keys and known hosts are files. */
  record Host(String name, String address, int port, String user, Path identity, Path knownHosts) {}

  static SshConfig read(Path file) throws IOException, NodeException {
    if (!Files.isRegularFile(file)) {
      throw new NodeException(file + " does not exist: 'vagrant up' writes it");
    }
    Map<String, Map<String, String>> entries = new LinkedHashMap<>();
    Map<String, String> entry = new LinkedHashMap<>();
    for (String line : Files.readAllLines(file)) {
      String[] words = line.strip().split("\\s+", 2);
      if (words.length == 2 && words[0].equalsIgnoreCase("Host")) {
        entry = new LinkedHashMap<>();
        entries.put(words[1], entry);
      } else if (words.length == 2) {
        entry.put(words[0].toLowerCase(Locale.ROOT), words[1].replaceAll("^\"|\"$", ""));
      }
    }
    Map<String, Host> hosts = new LinkedHashMap<>();
    entries.forEach((name, values) -> hosts.put(name, host(name, values)));
    return new SshConfig(file, hosts);
  }

  /**
   * The same, with no nodes where there is no file: `vagrant destroy` removes it with the last one.
   */
  static SshConfig readIfThere(Path file) throws IOException, NodeException {
    return Files.exists(file) ? read(file) : new SshConfig(file, Map.of());
  }

  Optional<Host> find(String node) {
    return Optional.ofNullable(hosts.get(node));
  }

  Host get(String node) throws NodeException {
    return find(node)
        .orElseThrow(
            () ->
                new NodeException(
                    "%s is not in %s, which knows %s: 'vagrant up %s'"
                        .formatted(node, file, hosts.keySet(), node)));
  }

  private static Host host(String name, Map<String, String> values) {
    return new Host(
        name,
        values.getOrDefault("hostname", name),
        Integer.parseInt(values.getOrDefault("port", "22")),
        values.getOrDefault("user", "vagrant"),
        Path.of(values.getOrDefault("identityfile", "")),
        Path.of(values.getOrDefault("userknownhostsfile", "")));
  }
}
