package mlopsprimer.api.registry;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import mlopsprimer.mlflow.MlflowException;
import mlopsprimer.mlflow.ModelRegistry;
import mlopsprimer.mlflow.RegisteredModel;
import mlopsprimer.mlflow.RegisteredModelName;
import mlopsprimer.mlflow.RegisteredVersion;
import mlopsprimer.mlflow.TrainersMark;

/** The aliases of an MLflow server. One request brings those of a thousand tickers. */
record MlflowAliases(ModelRegistry registry) implements AliasSource {
  @Override
  public List<Alias> aliases() {
    return asked(registry::models).stream().flatMap(model -> alias(model).stream()).toList();
  }

  private static Optional<Alias> alias(RegisteredModel model) {
    return model
        .alias(RegisteredModel.CHAMPION)
        .map(number -> new Alias(model.name().ticker(), number, TrainersMark.of(model)));
  }

  @Override
  public NamedVersion version(Alias alias) {
    RegisteredModelName name = new RegisteredModelName(alias.ticker());
    return asked(() -> registry.version(name, alias.number()))
        .map(found -> named(alias, found))
        .orElseGet(
            () ->
                NamedVersion.unusable(
                    alias,
                    "MLflow has no such model version: name=%s version=%d; set the alias to another version"
                        .formatted(name, alias.number())));
  }

  private static NamedVersion named(Alias alias, RegisteredVersion found) {
    if (found.storedVersion().isEmpty() || found.sha256().isEmpty()) {
      return NamedVersion.unusable(
          alias,
          "the model version is not one of the trainer, because it lacks a tag: name=%s version=%d %s=%s %s=%s; set the alias to another version"
              .formatted(
                  found.name(),
                  found.number(),
                  RegisteredVersion.VERSION_TAG,
                  found.storedVersion().orElse("none"),
                  RegisteredVersion.SHA256_TAG,
                  found.sha256().orElse("none")));
    }
    return NamedVersion.of(alias, found.storedVersion().get(), found.sha256().get());
  }

  private static <T> T asked(Supplier<T> question) {
    try {
      return question.get();
    } catch (MlflowException e) {
      throw new RegistryAwayException(e.getMessage(), e);
    }
  }
}
