package mlopsprimer.api.registry;

import java.util.Objects;

/**
 * The stored version that an alias names.
 *
 * @param number number of the model version in MLflow
 * @param version id of the stored version; empty if there is a problem
 * @param sha256 SHA-256 of its model.bin in hex; empty if there is a problem
 * @param ofTrainer whether the trainer set the alias to this version, and no person moved it since
 * @param problem why no stored version is named; empty if one is named
 */
record NamedVersion(int number, String version, String sha256, boolean ofTrainer, String problem) {
  NamedVersion {
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(sha256, "sha256");
    Objects.requireNonNull(problem, "problem");
  }

  static NamedVersion of(Alias alias, String version, String sha256) {
    return new NamedVersion(alias.number(), version, sha256, isOfTrainer(alias, version), "");
  }

  static NamedVersion unusable(Alias alias, String problem) {
    return new NamedVersion(alias.number(), "", "", false, problem);
  }

  /** The same version, with what the registered model now says about the trainer. */
  NamedVersion as(Alias alias) {
    return new NamedVersion(number, version, sha256, isOfTrainer(alias, version), problem);
  }

  boolean isUsable() {
    return problem.isEmpty();
  }

  private static boolean isOfTrainer(Alias alias, String version) {
    return alias.setByTrainer().filter(version::equals).isPresent();
  }
}
