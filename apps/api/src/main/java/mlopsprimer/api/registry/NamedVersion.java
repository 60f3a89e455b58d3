package mlopsprimer.api.registry;

import java.util.Objects;
import mlopsprimer.mlflow.TrainersMark;

/**
 * The stored version that an alias names.
 *
 * @param number number of the model version in MLflow
 * @param version id of the stored version; empty if there is a problem
 * @param sha256 SHA-256 of its model.bin in hex; empty if there is a problem, or if the tags of the
 *     model version were not read because the trainer set the alias
 * @param mark what the trainer last set the alias to
 * @param problem why no stored version is named; empty if one is named
 */
record NamedVersion(int number, String version, String sha256, TrainersMark mark, String problem) {
  NamedVersion {
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(sha256, "sha256");
    Objects.requireNonNull(mark, "mark");
    Objects.requireNonNull(problem, "problem");
  }

  static NamedVersion of(Alias alias, String version, String sha256) {
    return new NamedVersion(alias.number(), version, sha256, alias.mark(), "");
  }

  /** The version that the trainer set the alias to. Its tags need not be read. */
  static NamedVersion ofTrainer(Alias alias) {
    return of(alias, alias.mark().version(), "");
  }

  static NamedVersion unusable(Alias alias, String problem) {
    return new NamedVersion(alias.number(), "", "", alias.mark(), problem);
  }

  /** The same version, with what the registered model now says about the trainer. */
  NamedVersion with(TrainersMark newMark) {
    return new NamedVersion(number, version, sha256, newMark, problem);
  }

  boolean isUsable() {
    return problem.isEmpty();
  }

  /** Whether the tags of the model version were read. */
  boolean isRead() {
    return !isUsable() || !sha256.isEmpty();
  }

  /** Whether the trainer last set the alias to this version. */
  boolean isOfTrainer() {
    return mark.isOf(number);
  }
}
