package mlopsprimer.mlflow;

import java.util.Map;
import java.util.Optional;

/**
 * A registered model of MLflow.
 *
 * @param aliases number of the model version that each alias names, by alias
 * @param tags tags of the registered model by key
 */
public record RegisteredModel(
    RegisteredModelName name, Map<String, Integer> aliases, Map<String, String> tags) {
  /** Alias of the version that is served. */
  public static final String CHAMPION = "champion";

  /** Alias of the newest version that was not promoted. */
  public static final String CHALLENGER = "challenger";

  public RegisteredModel {
    aliases = Map.copyOf(aliases);
    tags = Map.copyOf(tags);
  }

  /** Number of the model version that an alias names; empty if there is no such alias. */
  public Optional<Integer> alias(String alias) {
    return Optional.ofNullable(aliases.get(alias));
  }
}
