package mlopsprimer.nodeprovider.node;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import mlopsprimer.nodeprovider.rpc.ResourceException;

/** The images in containerd on one node. The kubelet starts pods from these images. */
final class Containerd {
  private static final String CTR = "ctr --namespace k8s.io ";

  private final Node node;

  Containerd(Node node) {
    this.node = node;
  }

  /** Whether the reference has that digest on the node. */
  boolean has(String reference, String digest) throws ResourceException {
    return digest.equals(digests().get(reference));
  }

  /**
   * Imports the image in an archive.
   *
   * @throws ResourceException if the archive does not exist, the import fails, or the imported
   *     image has another digest
   */
  void put(String reference, String digest, Path archive) throws ResourceException, IOException {
    if (!Files.isRegularFile(archive)) {
      throw new ResourceException(
          "%s cannot be imported, because its archive %s does not exist: run 'pulumi up --refresh', which builds the archive again"
              .formatted(reference, archive));
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
      throw new ResourceException(
          "%s: %s has the digest %s after the import, but the digest should be %s: delete %s, then run 'pulumi up --refresh', which builds the archive again"
              .formatted(node.name(), reference, found, digest, archive));
    }
  }

  /** The digest of each reference that consists of one of the names and a tag of 12 hex digits. */
  Map<String, String> tagsOf(List<String> names) throws ResourceException {
    Map<String, String> tags = digests();
    tags.keySet()
        .removeIf(
            reference ->
                names.stream()
                    .noneMatch(name -> reference.matches(Pattern.quote(name) + ":[0-9a-f]{12}")));
    return tags;
  }

  /**
   * Removes the reference, unless it belongs to another image now. If no other reference has the
   * digest, this method also removes the names that containerd itself gave the image.
   */
  void remove(String reference, String digest) throws ResourceException {
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

  /**
   * The digest of every reference on the node. The command ctr prints a title line, and then one
   * line for each reference, with the columns REF TYPE DIGEST SIZE and more.
   */
  private Map<String, String> digests() throws ResourceException {
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
