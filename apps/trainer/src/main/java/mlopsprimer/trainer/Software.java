package mlopsprimer.trainer;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import mlopsprimer.contract.AppPod;
import mlopsprimer.trainer.weka.WekaForestTrainer;

/** The programs that train a model, as its manifest names them. */
final class Software {
  private static final String IMAGE = "image";

  private Software() {}

  /**
   * Names and versions of the programs of this process.
   *
   * @param environment in a pod, names the image of the trainer
   */
  static Map<String, String> of(Map<String, String> environment) {
    Map<String, String> software = new LinkedHashMap<>();
    software.put("trainer", Version.ofProgram());
    software.put("weka", WekaForestTrainer.wekaVersion());
    software.put("java", System.getProperty("java.vm.version"));
    image(environment).ifPresent(image -> software.put(IMAGE, image));
    return software;
  }

  /**
   * Name and tag of the trainer's image, which is another one after each change of its sources;
   * empty outside a pod, where the version alone does not tell two builds apart.
   */
  static Optional<String> image(Map<String, String> environment) {
    return Optional.ofNullable(environment.get(AppPod.IMAGE_VARIABLE))
        .filter(image -> !image.isBlank());
  }
}
