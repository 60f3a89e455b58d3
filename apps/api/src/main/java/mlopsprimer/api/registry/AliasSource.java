package mlopsprimer.api.registry;

import java.util.List;

/**
 * The model registry, as far as the API reads it. Every method answers or fails in bounded time.
 */
interface AliasSource {
  /**
   * The alias champion of every ticker that has one.
   *
   * @throws RegistryAwayException if the registry does not answer, or not as MLflow does
   */
  List<Alias> aliases();

  /**
   * The stored version that a model version names by its tags.
   *
   * @return a version that is not usable if the model version does not exist or lacks the tags
   * @throws RegistryAwayException if the registry does not answer, or not as MLflow does
   */
  NamedVersion version(Alias alias);
}
