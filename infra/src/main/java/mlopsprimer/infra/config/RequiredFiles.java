package mlopsprimer.infra.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import mlopsprimer.contract.Problems;
import mlopsprimer.contract.Setting;
import mlopsprimer.contract.SettingValues;

/**
 * The files that the settings name, which must exist before Pulumi creates a resource.
 *
 * @param checkout the directory that relative paths start from
 */
record RequiredFiles(SettingValues values, Path checkout, Problems problems) {
  private static final String VAGRANT = "run 'vagrant up', which writes";
  private static final String PATH = "correct the path, which leads to";

  /**
   * Records a problem for each file that does not exist.
   *
   * @param usesNodes whether the stack connects to the nodes by SSH
   * @param mlflowArchive the archive with the image of the MLflow server, if there is one
   */
  void check(boolean usesNodes, Optional<String> mlflowArchive) {
    requireFile(ClusterSettings.KUBECONFIG, values.get(ClusterSettings.KUBECONFIG), VAGRANT);
    if (usesNodes) {
      requireFile(ClusterSettings.SSH_CONFIG, values.get(ClusterSettings.SSH_CONFIG), VAGRANT);
    }
    requireIfSet(ImageSettings.REGISTRY_CA);
    requireIfSet(StoreSettings.BINARY);
    mlflowArchive.ifPresent(file -> requireFile(MlflowSettings.IMAGE, Path.of(file), PATH));
  }

  private void requireIfSet(Setting<Optional<Path>> setting) {
    values.get(setting).ifPresent(file -> requireFile(setting, file, PATH));
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
