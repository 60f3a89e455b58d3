package mlopsprimer.nodeprovider.ownership;

import java.util.Locale;
import mlopsprimer.contract.StackOwner;

/**
 * Names that a stack can use beside another stack.
 *
 * @param namespace name of a namespace
 * @param nodePort a port that no Service has
 */
record OwnNames(String namespace, int nodePort) {
  private static final int LONGEST = 38;

  /**
   * Names made from the name of the stack.
   *
   * @param refused the namespace that the stack cannot use
   */
  static OwnNames of(StackOwner stack, String refused, int freePort) {
    String name =
        ("mlops-primer-" + stack.stack())
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceFirst("^(.{1,%d}).*$".formatted(LONGEST), "$1")
            .replaceFirst("-$", "");
    return new OwnNames(name.equals(refused) ? name + "-2" : name, freePort);
  }

  /** The commands that set these names, one in each line. */
  String commands() {
    return """
        pulumi config set namespace %s
        pulumi config set storagePath /var/lib/%s
        pulumi config set nodePort %d"""
        .formatted(namespace, namespace, nodePort);
  }
}
