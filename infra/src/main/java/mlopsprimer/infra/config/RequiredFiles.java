package mlopsprimer.infra.config;

import java.nio.file.Files;
import java.nio.file.Path;
import mlopsprimer.contract.Problems;
import mlopsprimer.contract.Setting;

/**
 * The files that the settings name, which must exist before Pulumi creates a resource.
 *
 * @param checkout the directory that relative paths start from
 */
record RequiredFiles(StackConfig config, Path checkout, Problems problems) {
  private static final String VAGRANT = "run 'vagrant up', which writes";
  private static final String PATH = "correct the path, which leads to";

  /** Records a problem for each file that does not exist. */
  void check() {
    requireFile(ClusterSettings.KUBECONFIG, config.get(ClusterSettings.KUBECONFIG), VAGRANT);
    if (config.usesNodes()) {
      requireFile(ClusterSettings.SSH_CONFIG, config.get(ClusterSettings.SSH_CONFIG), VAGRANT);
    }
    config
        .get(ImageSettings.REGISTRY_CA)
        .ifPresent(file -> requireFile(ImageSettings.REGISTRY_CA, file, PATH));
    config
        .get(StoreSettings.BINARY)
        .ifPresent(file -> requireFile(StoreSettings.BINARY, file, PATH));
    config
        .mlflowArchive()
        .ifPresent(file -> requireFile(MlflowSettings.IMAGE, Path.of(file), PATH));
  }

  /**
   * @param remedy what makes the file exist; the path of the file follows
   */
  private void requireFile(Setting<?> setting, Path value, String remedy) {
    Path file = checkout.resolve(value);
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      problems.add(
          "%s is '%s': a file that exists is needed; %s %s", setting.key(), value, remedy, file);
    }
  }
}
