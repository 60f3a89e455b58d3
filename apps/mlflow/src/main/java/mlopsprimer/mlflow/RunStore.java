package mlopsprimer.mlflow;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import mlopsprimer.mlflow.MlflowException.Kind;

/**
 * The experiments and runs of an MLflow server.
 *
 * <p>Every method throws {@link MlflowException} if the server cannot be used.
 */
public final class RunStore {
  /** How a run ended. */
  public enum End {
    FINISHED,
    FAILED
  }

  /** Most metrics, and most parameters, of one request. */
  private static final int MOST_METRICS = 1000;

  private static final int MOST_PARAMETERS = 100;

  private static final String RUN_ID = "run_id";
  private static final String EXPERIMENT_ID = "experiment_id";

  private final MlflowConnection connection;

  public RunStore(MlflowConnection connection) {
    this.connection = connection;
  }

  /**
   * Id of the experiment of a name, which is created if there is none.
   *
   * @param tags tags of an experiment that is created; one that exists keeps its own
   * @throws MlflowException also if the experiment was deleted and not restored
   */
  public String experiment(String name, Map<String, String> tags) {
    try {
      return byName(name);
    } catch (MlflowException e) {
      if (e.kind() != Kind.MISSING) {
        throw e;
      }
    }
    JsonObject body = new JsonObject();
    body.addProperty("name", name);
    body.add("tags", Fields.pairs(tags));
    String call = "experiments/create";
    try {
      return new Fields(call, connection.create(call, body)).text(EXPERIMENT_ID);
    } catch (MlflowException e) {
      if (e.kind() == Kind.EXISTS) {
        return byName(name); // another training created it meanwhile
      }
      throw e;
    }
  }

  private String byName(String name) {
    String call = "experiments/get-by-name";
    Fields experiment =
        new Fields(call, connection.get(call, Map.of("experiment_name", name)))
            .object("experiment");
    if (experiment.optionalText("lifecycle_stage").orElse("").equals("deleted")) {
      throw new MlflowException(
          Kind.REFUSED,
          "the experiment was deleted: uri=%s experiment=%s; restore it with: mlflow experiments restore --experiment-id %s"
              .formatted(connection.uri(), name, experiment.text(EXPERIMENT_ID)));
    }
    return experiment.text(EXPERIMENT_ID);
  }

  /**
   * Creates a run that is going on.
   *
   * @param start time at which it started
   */
  public Run create(String experiment, String name, Instant start, Map<String, String> tags) {
    JsonObject body = new JsonObject();
    body.addProperty(EXPERIMENT_ID, experiment);
    body.addProperty("run_name", name);
    body.addProperty("start_time", start.toEpochMilli());
    body.add("tags", Fields.pairs(tags));
    Fields info =
        new Fields("runs/create", connection.create("runs/create", body))
            .object("run")
            .object("info");
    return new Run(info.text(RUN_ID), experiment, info.text("artifact_uri").replaceAll("/+$", ""));
  }

  /**
   * Records parameters and metrics.
   *
   * @param time time of the metrics
   */
  public void log(Run run, Map<String, String> parameters, List<RunMetric> metrics, Instant time) {
    List<Map.Entry<String, String>> left = List.copyOf(parameters.entrySet());
    for (int from = 0; from < left.size(); from += MOST_PARAMETERS) {
      JsonObject body = of(run);
      body.add("params", pairs(left.subList(from, Math.min(left.size(), from + MOST_PARAMETERS))));
      connection.post("runs/log-batch", body);
    }
    for (int from = 0; from < metrics.size(); from += MOST_METRICS) {
      JsonObject body = of(run);
      body.add(
          "metrics",
          json(metrics.subList(from, Math.min(metrics.size(), from + MOST_METRICS)), time));
      connection.post("runs/log-batch", body);
    }
  }

  private static JsonArray pairs(List<Map.Entry<String, String>> entries) {
    JsonArray pairs = new JsonArray();
    entries.forEach(entry -> pairs.addAll(Fields.pairs(Map.ofEntries(entry))));
    return pairs;
  }

  private static JsonArray json(List<RunMetric> metrics, Instant time) {
    JsonArray array = new JsonArray();
    for (RunMetric metric : metrics) {
      JsonObject each = new JsonObject();
      each.addProperty("key", metric.key());
      each.addProperty("value", metric.value());
      each.addProperty("timestamp", time.toEpochMilli());
      each.addProperty("step", metric.step());
      array.add(each);
    }
    return array;
  }

  /** Ends a run. */
  public void end(Run run, End end, Instant time) {
    JsonObject body = of(run);
    body.addProperty("status", end.name());
    body.addProperty("end_time", time.toEpochMilli());
    connection.post("runs/update", body);
  }

  private static JsonObject of(Run run) {
    JsonObject body = new JsonObject();
    body.addProperty(RUN_ID, run.id());
    return body;
  }
}
