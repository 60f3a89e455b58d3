package mlopsprimer.trainer.tracking;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import mlopsprimer.mlflow.ModelRegistry;
import mlopsprimer.mlflow.RegisteredModel;
import mlopsprimer.store.Champion;
import mlopsprimer.store.TickerStore;

/** What {@code trainer status} prints about the aliases. Nothing is changed. */
record AliasDescription(ModelRegistry registry, ChampionAlias alias, TickerStore store) {

  List<String> lines(Attempts attempts) {
    List<String> lines = new ArrayList<>();
    attempts
        .attempt("state of the aliases", "ask again when MLflow answers", () -> describe(lines))
        .ifPresent(cause -> lines.add("mlflow    " + cause));
    return lines;
  }

  private void describe(List<String> lines) {
    Optional<RegisteredModel> model = registry.model(alias.name());
    if (model.isEmpty()) {
      lines.add("mlflow    no registered model %s yet".formatted(alias.name()));
      return;
    }
    for (Map.Entry<String, Integer> each : new TreeMap<>(model.get().aliases()).entrySet()) {
      lines.add(
          "mlflow    %s is version %d of %s"
              .formatted(each.getKey(), each.getValue(), alias.name()));
    }
    store.champion().map(Champion::version).ifPresent(v -> lines.add(state(model.get(), v)));
  }

  private String state(RegisteredModel model, String champion) {
    AliasFinding finding = alias.compare(model, champion);
    return "          "
        + switch (finding.state()) {
          case SAME -> "the alias champion names the champion of the store";
          case BEHIND -> "the alias champion is behind the store; the next training moves it";
          case MOVED ->
              "the alias champion was moved to %s; the next training makes it the champion of the store"
                  .formatted(finding.aliased().orElseThrow().storedVersion().orElseThrow());
          case UNKNOWN -> "the alias champion names nothing that the store has; it changes nothing";
        };
  }
}
