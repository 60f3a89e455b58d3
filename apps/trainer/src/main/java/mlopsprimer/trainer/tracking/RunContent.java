package mlopsprimer.trainer.tracking;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mlopsprimer.mlflow.RegisteredVersion;
import mlopsprimer.mlflow.RunMetric;
import mlopsprimer.store.Estimate;
import mlopsprimer.store.Evaluation;
import mlopsprimer.store.Manifest;
import mlopsprimer.trainer.evaluation.FoldScores;
import mlopsprimer.trainer.evaluation.Verdict;

/** Parameters, metrics and tags of the run of a version. */
record RunContent(TrackedVersion version) {
  private static final String IMAGE = "image";

  /**
   * The settings and the columns that determine the model. Settings without a value are left out.
   */
  Map<String, String> parameters() {
    Manifest manifest = version.manifest();
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("ticker", manifest.ticker().symbol());
    parameters.put("source", manifest.dataSource().name());
    parameters.put("feature-schema", manifest.features().schemaId());
    parameters.put("features", String.join(",", manifest.features().names()));
    manifest
        .settings()
        .forEach(
            (name, value) -> {
              if (!value.isBlank()) {
                parameters.put(name, value);
              }
            });
    return parameters;
  }

  /**
   * Scores with the ends of their 95 % intervals, such as {@code model/brier} and {@code
   * model/brier.low}, and the scores of single folds, such as {@code folds/model.brier}, whose step
   * is the number of the fold. A score that is not defined is left out.
   */
  List<RunMetric> metrics() {
    Manifest manifest = version.manifest();
    Evaluation evaluation = manifest.evaluation();
    List<RunMetric> metrics = new ArrayList<>();
    add(metrics, "skill", evaluation.measuredSkill());
    evaluation
        .scores()
        .forEach(
            (forecaster, scores) ->
                scores.forEach((metric, score) -> add(metrics, forecaster + "/" + metric, score)));
    if (evaluation.importance() != null) {
      evaluation.importance().forEach((column, rise) -> add(metrics, "importance/" + column, rise));
    }
    add(metrics, "sessions", (double) manifest.data().rows(), 0);
    add(metrics, "forecasts", (double) evaluation.rows(), 0);
    add(metrics, "calibration/slope", manifest.calibrationSlope(), 0);
    add(metrics, "calibration/intercept", manifest.calibrationIntercept(), 0);
    FoldScores.of(version.outOfFold())
        .forEach(
            (fold, forecasters) ->
                forecasters.forEach(
                    (forecaster, scores) ->
                        scores.forEach(
                            (metric, score) ->
                                add(metrics, "folds/" + forecaster + "." + metric, score, fold))));
    return List.copyOf(metrics);
  }

  private static void add(List<RunMetric> metrics, String key, Estimate estimate) {
    if (estimate != null) {
      add(metrics, key, estimate.value(), 0);
      add(metrics, key + ".low", estimate.low(), 0);
      add(metrics, key + ".high", estimate.high(), 0);
    }
  }

  private static void add(List<RunMetric> metrics, String key, Double value, int step) {
    if (value != null && Double.isFinite(value)) {
      metrics.add(new RunMetric(key, value, step));
    }
  }

  /**
   * Tags of the run. Those that begin with {@code mlflow.} are shown in columns of MLflow's page.
   */
  Map<String, String> tags() {
    Manifest manifest = version.manifest();
    Map<String, String> tags = new LinkedHashMap<>(versionTags());
    tags.put("mlops-primer.ticker", manifest.ticker().symbol());
    tags.put("mlops-primer.data-sha256", manifest.data().sha256());
    tags.put("mlops-primer.data-from", manifest.data().firstDay().toString());
    tags.put("mlops-primer.data-to", manifest.data().lastDay().toString());
    tags.put("mlops-primer.calendar", manifest.calendar());
    tags.put("mlops-primer.serves-base-rate", String.valueOf(manifest.servesBaseRate()));
    manifest.software().forEach((name, value) -> tags.put("mlops-primer.software." + name, value));
    String image = manifest.software().get(IMAGE);
    if (image != null) {
      tags.put("mlflow.docker.image.name", image);
    }
    tags.put("mlflow.source.name", image == null ? "trainer" : image);
    tags.put("mlflow.source.type", image == null ? "LOCAL" : "JOB");
    tags.put("mlflow.user", "mlops-primer");
    tags.put("mlflow.note.content", description());
    return tags;
  }

  /** Tags of the run and of the model version. */
  Map<String, String> versionTags() {
    Manifest manifest = version.manifest();
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put(RegisteredVersion.VERSION_TAG, version.id());
    tags.put(RegisteredVersion.SHA256_TAG, manifest.sha256());
    tags.put("mlops-primer.verdict", manifest.verdict());
    tags.put("mlops-primer.promoted", String.valueOf(Verdict.isPromotion(manifest.verdict())));
    return tags;
  }

  /** What a person reads beside the version. */
  String description() {
    Manifest manifest = version.manifest();
    return "Version %s of %s, trained on %d sessions from %s, %s to %s. It was %s."
        .formatted(
            version.id(),
            manifest.ticker(),
            manifest.data().rows(),
            manifest.dataSource().name(),
            manifest.data().firstDay(),
            manifest.data().lastDay(),
            manifest.verdict());
  }
}
