package mlopsprimer.infra.manifests;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/**
 * A directory of manifests: a file for each object, and a kustomization that lists them. Equal
 * objects give equal bytes.
 */
final class ManifestDirectory {
  private static final String KUSTOMIZATION = "kustomization.yaml";
  private static final String HEADER = "# Written by 'make manifests'. Do not edit.\n";

  private final Path directory;

  ManifestDirectory(Path directory) {
    this.directory = directory;
  }

  /**
   * Replaces what an earlier call wrote.
   *
   * @throws ManifestException if the directory has files that this class did not write
   */
  void replace(List<Manifest> manifests) throws IOException {
    Files.createDirectories(directory);
    removeEarlier();
    List<Manifest> sorted =
        manifests.stream().sorted(Comparator.comparing(Manifest::fileName)).toList();
    for (Manifest manifest : sorted) {
      write(manifest.fileName(), manifest.content());
    }
    Map<String, Object> kustomization = new LinkedHashMap<>();
    kustomization.put("apiVersion", "kustomize.config.k8s.io/v1beta1");
    kustomization.put("kind", "Kustomization");
    kustomization.put("resources", sorted.stream().map(Manifest::fileName).toList());
    write(KUSTOMIZATION, kustomization);
  }

  private void removeEarlier() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        if (!Files.isRegularFile(file) || !Files.readString(file, UTF_8).startsWith(HEADER)) {
          throw new ManifestException(
              "%s was not written by 'make manifests': use a directory of its own".formatted(file));
        }
      }
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
  }

  private void write(String name, Map<String, Object> content) throws IOException {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setLineBreak(DumperOptions.LineBreak.UNIX);
    options.setSplitLines(false);
    Files.writeString(directory.resolve(name), HEADER + new Yaml(options).dump(content), UTF_8);
  }
}
