package mlopsprimer.infra.manifests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import mlopsprimer.infra.config.App;
import mlopsprimer.infra.config.ImageSettings;
import mlopsprimer.infra.config.MlflowSettings;
import mlopsprimer.infra.config.StackConfig;
import mlopsprimer.infra.config.StoreSettings;

/** The manifests of one stack, from the settings in its file. */
final class Manifests {
  /** The settings that name files about a cluster. A file that is empty takes their place. */
  private static final Set<String> OF_THE_CLUSTER = Set.of("kubeconfig", "sshConfig");

  private final StackConfig config;

  private Manifests(StackConfig config) {
    this.config = config;
  }

  /**
   * Reads the settings.
   *
   * @param stackFile the stack's file, such as Pulumi.managed.yaml
   * @param checkout the directory that relative paths start from
   * @param clock says what day it is, which the names of the training Jobs depend on
   * @throws ManifestException if the settings need the nodes, or have a secret in plain text
   * @throws mlopsprimer.infra.config.InvalidConfig if the settings cannot be used
   */
  static Manifests read(Path stackFile, Path checkout, Clock clock) throws IOException {
    StackFile file = StackFile.read(stackFile);
    Path noCluster = Files.createTempFile("kubeconfig", ".yaml");
    try {
      StackConfig config =
          StackConfig.read(
              key ->
                  OF_THE_CLUSTER.contains(key) ? Optional.of(noCluster.toString()) : file.find(key),
              checkout,
              clock);
      if (config.usesNodes()) {
        throw new ManifestException(
            "%s: manifests cannot import images on nodes or keep models on one; set imageRegistry, and set storageClass or store to a bucket"
                .formatted(stackFile));
      }
      // The program reads the kubeconfig of the cluster only for resources that are not rendered.
      noCluster.toFile().deleteOnExit();
      return new Manifests(config);
    } catch (RuntimeException e) {
      Files.delete(noCluster);
      throw e;
    }
  }

  /**
   * The images that the manifests need, one in each line, with blanks between the columns: the
   * label, the name, the Maven module or the program or a hyphen, the base image, the architecture,
   * and the file of the registry's certificate authority or a hyphen.
   */
  List<String> images() {
    List<String> lines = new ArrayList<>();
    for (App app : App.values()) {
      lines.add(line(app.label(), app.module()));
    }
    config
        .file(StoreSettings.BINARY)
        .ifPresent(program -> lines.add(line(StackConfig.STORE_IMAGE, program)));
    config
        .mlflowArchive()
        .ifPresent(
            archive ->
                lines.add(
                    line(
                        StackConfig.MLFLOW_IMAGE,
                        "-",
                        config.get(MlflowSettings.IMAGE).orElseThrow())));
    return lines;
  }

  private String line(String label, String content) {
    return line(label, content, config.get(ImageSettings.BASE_IMAGE));
  }

  private String line(String label, String content, String base) {
    return String.join(
        " ",
        label,
        config.image(label),
        content,
        base,
        config.get(ImageSettings.IMAGE_ARCHITECTURE).toString(),
        config.file(ImageSettings.REGISTRY_CA).orElse("-"));
  }

  /**
   * Writes the manifests.
   *
   * @param images the images by their digests, by their names without digest
   * @return the names of the Secrets that the pods need, and that nothing writes
   */
  List<String> write(Path directory, Map<String, String> images) throws IOException {
    List<Manifest> objects = ProgramObjects.of(config, images);
    new ManifestDirectory(directory)
        .replace(
            objects.stream()
                .filter(object -> !object.isSecret())
                .map(Manifest::namedByContent)
                .toList());
    return objects.stream().filter(Manifest::isSecret).map(Manifest::name).sorted().toList();
  }
}
