package mlopsprimer.infra.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import mlopsprimer.contract.Sha256;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The files that say how to reach the cluster and its nodes.
 *
 * @param checkout the directory that relative paths start from
 * @param kubeconfigFile the file as the setting names it
 * @param context context of the kubeconfig; empty for the current context of the file
 * @param sshConfigFile the file as the setting names it
 */
public record ClusterFiles(
    Path checkout, Path kubeconfigFile, Optional<String> context, Path sshConfigFile) {

  /**
   * The path of the kubeconfig for Pulumi's state. It starts from the checkout's root, so that it
   * stays right when the checkout is moved. A file outside the checkout has its absolute path.
   */
  public String kubeconfig() {
    return fromCheckout(kubeconfigFile).toString();
  }

  /**
   * The path of the kubeconfig for the Kubernetes provider, which Pulumi runs in the directory
   * infra of the checkout.
   */
  public String kubeconfigFromInfra() {
    Path path = fromCheckout(kubeconfigFile);
    return path.isAbsolute() ? path.toString() : "../" + path;
  }

  /** The path of the OpenSSH configuration for Pulumi's state: see {@link #kubeconfig}. */
  public String sshConfig() {
    return fromCheckout(sshConfigFile).toString();
  }

  /** The list of nodes, which is beside the OpenSSH configuration. */
  Path nodesFile() {
    return checkout.resolve(sshConfigFile).resolveSibling("nodes.json");
  }

  Path fromCheckout(Path file) {
    Path resolved = checkout.resolve(file).normalize();
    return resolved.startsWith(checkout) ? checkout.relativize(resolved) : resolved;
  }

  /**
   * A hash of the address and the certificate authority of the cluster, 12 hex digits. A cluster
   * that was created again at the same address has another certificate authority. If the kubeconfig
   * does not say which cluster it is, the hash is of all its clusters.
   */
  public String fingerprint() {
    Path file = checkout.resolve(kubeconfigFile);
    try {
      Map<String, Object> kubeconfig =
          new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
      Object clusters = kubeconfig == null ? "" : clusters(kubeconfig); // null if empty
      return Sha256.hex(String.valueOf(clusters).getBytes(UTF_8)).substring(0, 12);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private Object clusters(Map<String, Object> kubeconfig) {
    Object all = kubeconfig.get("clusters");
    return context
        .flatMap(name -> named(kubeconfig.get("contexts"), name))
        .map(found -> found.get("context"))
        .map(found -> found instanceof Map<?, ?> values ? values.get("cluster") : null)
        .<Object>flatMap(name -> named(all, name))
        .orElse(all);
  }

  private static Optional<Map<?, ?>> named(Object entries, Object name) {
    List<?> list = entries instanceof List<?> found ? found : List.of();
    for (Object entry : list) {
      if (entry instanceof Map<?, ?> map && Objects.equals(map.get("name"), name)) {
        return Optional.of(map);
      }
    }
    return Optional.empty();
  }
}
