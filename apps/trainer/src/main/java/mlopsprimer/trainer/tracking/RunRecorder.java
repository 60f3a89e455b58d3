package mlopsprimer.trainer.tracking;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import mlopsprimer.json.Json;
import mlopsprimer.mlflow.MlflowException;
import mlopsprimer.mlflow.Run;
import mlopsprimer.mlflow.RunArtifacts;
import mlopsprimer.mlflow.RunStore;
import mlopsprimer.store.OutOfFold;
import mlopsprimer.trainer.portable.MlflowModelFiles;
import mlopsprimer.trainer.portable.OnnxModel;
import mlopsprimer.trainer.portable.OnnxOrigin;

/** Records a version as a run of MLflow. */
record RunRecorder(RunStore runs, RunArtifacts artifacts, Tracking.Surroundings surroundings) {
  /** Directory of the MLflow model among the artifacts of a run. */
  static final String MODEL = "model";

  private static final String EXPERIMENTS = "mlops-primer/";

  /** Makes MLflow's page show the runs first, and not the traces of language models. */
  private static final Map<String, String> EXPERIMENT_TAGS =
      Map.of("mlflow.experimentKind", "custom_model_development");

  /**
   * Records a run with its artifacts. A run whose recording fails is ended as failed, if MLflow can
   * still be told.
   *
   * @param started time at which the training started
   * @param ended time at which it ended
   */
  Run record(TrackedVersion version, Instant started, Instant ended) {
    RunContent content = new RunContent(version);
    SortedMap<String, byte[]> files = files(version);
    Run run =
        runs.create(
            runs.experiment(EXPERIMENTS + version.manifest().ticker(), EXPERIMENT_TAGS),
            version.id(),
            started,
            content.tags());
    try {
      runs.log(run, content.parameters(), content.metrics(), ended);
      artifacts.write(run, files);
      runs.end(run, RunStore.End.FINISHED, ended);
      return run;
    } catch (RuntimeException e) {
      endAsFailed(run, ended, e);
      throw e;
    }
  }

  private void endAsFailed(Run run, Instant ended, RuntimeException failure) {
    try {
      runs.end(run, RunStore.End.FAILED, ended);
    } catch (MlflowException e) {
      failure.addSuppressed(e);
    }
  }

  private SortedMap<String, byte[]> files(TrackedVersion version) {
    SortedMap<String, byte[]> files = new TreeMap<>();
    files.put("manifest.json", Json.document(version.manifest()));
    files.put("out-of-fold.csv", OutOfFold.toCsv(version.outOfFold()));
    files.put(
        "model-card.md",
        surroundings.card().apply(version.id(), version.manifest()).getBytes(UTF_8));
    files.put(
        "reliability.svg",
        ReliabilityDiagram.of(version.manifest().ticker(), version.id(), version.outOfFold())
            .getBytes(UTF_8));
    MlflowModelFiles.of(version.manifest(), onnx(version), version.example())
        .forEach((name, bytes) -> files.put(MODEL + "/" + name, bytes));
    return files;
  }

  /** The stored model.onnx. It is made again for a version of an older trainer, which has none. */
  private byte[] onnx(TrackedVersion version) {
    return version
        .modelOnnx()
        .orElseGet(
            () ->
                OnnxModel.write(
                    version.version().model(),
                    new OnnxOrigin(
                        version.manifest().ticker(),
                        version.manifest().features().names(),
                        version.manifest().sha256(),
                        surroundings.trainerVersion())));
  }
}
