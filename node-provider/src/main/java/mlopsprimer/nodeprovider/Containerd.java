package mlopsprimer.nodeprovider;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The images that the kubelet of one node can start pods from. */
final class Containerd {
  private static final String CTR = "ctr --namespace k8s.io ";

  private final Node node;

  Containerd(Node node) {
    this.node = node;
  }

  boolean has(String reference, String digest) throws NodeException {
    return digest.equals(digests().get(reference));
  }

  /**
   * Imports an archive that {@link ImageBuild} wrote, and looks whether it is what it should be.
   */
  void put(String reference, String digest, Path archive) throws NodeException, IOException {
    if (!Files.isRegularFile(archive)) {
      throw new NodeException(
          "%s, from which %s has to be imported, is gone: 'pulumi up --refresh' builds it again"
              .formatted(archive, reference));
    }
    String command = CTR + "images import -";
    try (InputStream content = Files.newInputStream(archive)) {
      Node.Result result = node.run(command, content);
      if (result.exit() != 0) {
        throw node.failed(command, result);
      }
    }
    String found = digests().get(reference);
    if (!digest.equals(found)) {
      if (found != null) {
        remove(reference, found);
      }
      throw new NodeException(
          "%s: %s is %s after the import, and should be %s: delete %s, then 'pulumi up --refresh' builds it again"
              .formatted(node.name(), reference, found, digest, archive));
    }
  }

  /**
   * Removes the reference, unless another image has it by now, and the image's own name if no other
   * reference shares the image.
   */
  void remove(String reference, String digest) throws NodeException {
    Map<String, String> before = digests();
    if (digest.equals(before.get(reference))) {
      node.succeed(CTR + "images rm --sync " + Node.quote(reference));
    }
    Map<String, String> left = new LinkedHashMap<>(before);
    left.remove(reference);
    left.values().removeIf(other -> !other.equals(digest));
    if (left.keySet().stream().allMatch(name -> name.startsWith("sha256:"))) {
      for (String name : left.keySet()) {
        node.succeed(CTR + "images rm --sync " + Node.quote(name));
      }
    }
  }

  /** The digest of every reference: REF TYPE DIGEST SIZE…, under a line of titles. */
  private Map<String, String> digests() throws NodeException {
    Map<String, String> digests = new LinkedHashMap<>();
    node.succeed(CTR + "images ls")
        .lines()
        .skip(1)
        .map(line -> line.split("\\s+", -1))
        .filter(columns -> columns.length > 2)
        .forEach(columns -> digests.put(columns[0], columns[2]));
    return digests;
  }
}
