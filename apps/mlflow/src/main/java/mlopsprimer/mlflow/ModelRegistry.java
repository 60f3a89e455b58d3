package mlopsprimer.mlflow;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import mlopsprimer.mlflow.MlflowException.Kind;

/**
 * The registered models of this project in an MLflow server.
 *
 * <p>Every method throws {@link MlflowException} if the server cannot be used.
 */
public final class ModelRegistry {
  /** Most models on a page that MLflow gives. */
  private static final int LARGEST_PAGE = 1000;

  /** A server that gives more pages repeats itself. */
  private static final int MOST_PAGES = 100;

  private static final String GET_MODEL = "registered-models/get";
  private static final String NAME = "name";
  private static final String VERSION = "version";
  private static final String ALIAS = "alias";
  private static final String KEY = "key";
  private static final String VALUE = "value";

  private final MlflowConnection connection;
  private final int page;

  public ModelRegistry(MlflowConnection connection) {
    this(connection, LARGEST_PAGE);
  }

  ModelRegistry(MlflowConnection connection, int page) {
    this.connection = connection;
    this.page = page;
  }

  /**
   * All registered models of this project with their aliases and tags, a thousand of them per
   * request.
   */
  public List<RegisteredModel> models() {
    List<RegisteredModel> models = new ArrayList<>();
    Map<String, String> query = new HashMap<>();
    query.put("filter", "name LIKE '" + RegisteredModelName.PREFIX + "%'");
    query.put("max_results", String.valueOf(page));
    for (int pages = 0; pages < MOST_PAGES; pages++) {
      Fields found = fields("registered-models/search", query);
      found.list("registered_models").stream().flatMap(m -> model(m).stream()).forEach(models::add);
      String next = found.optionalText("next_page_token").orElse("");
      if (next.isEmpty()) {
        return List.copyOf(models);
      }
      query.put("page_token", next);
    }
    throw Answers.strange(
        connection.uri() + " registered-models/search", "more than %d pages".formatted(MOST_PAGES));
  }

  /** A registered model with its aliases and tags; empty if there is none of the name. */
  public Optional<RegisteredModel> model(RegisteredModelName name) {
    return unlessMissing(() -> fields(GET_MODEL, Map.of(NAME, name.toString())))
        .map(answer -> answer.object("registered_model"))
        .map(fields -> new RegisteredModel(name, aliases(fields), fields.tags()));
  }

  /** A model version; empty if there is none of the number. */
  public Optional<RegisteredVersion> version(RegisteredModelName name, int number) {
    return unlessMissing(
            () ->
                fields(
                    "model-versions/get",
                    Map.of(NAME, name.toString(), VERSION, String.valueOf(number))))
        .map(answer -> version(name, answer.object("model_version")));
  }

  /** The newest model version of a stored version; empty if there is none. */
  public Optional<RegisteredVersion> versionOf(RegisteredModelName name, String storedVersion) {
    return fields(
            "model-versions/search",
            Map.of(
                "filter",
                "name = '%s' AND tags.`%s` = '%s'"
                    .formatted(name, RegisteredVersion.VERSION_TAG, storedVersion),
                "order_by",
                "version_number DESC",
                "max_results",
                "1"))
        .list("model_versions")
        .stream()
        .map(fields -> version(name, fields))
        .findFirst();
  }

  /** Creates a registered model, unless there is one of the name. */
  public void createModel(RegisteredModelName name, String description, Map<String, String> tags) {
    JsonObject body = named(name);
    body.addProperty("description", description);
    body.add("tags", Fields.pairs(tags));
    try {
      connection.create("registered-models/create", body);
    } catch (MlflowException e) {
      if (e.kind() != Kind.EXISTS) {
        throw e;
      }
    }
  }

  /**
   * Creates a model version. MLflow gives it the next number.
   *
   * @param source URI of the MLflow model's directory, which is among the artifacts of the run
   */
  public RegisteredVersion createVersion(
      RegisteredModelName name,
      String source,
      String run,
      String description,
      Map<String, String> tags) {
    JsonObject body = named(name);
    body.addProperty("source", source);
    body.addProperty("run_id", run);
    body.addProperty("description", description);
    body.add("tags", Fields.pairs(tags));
    Fields answer =
        new Fields("model-versions/create", connection.create("model-versions/create", body));
    return new RegisteredVersion(
        name, answer.object("model_version").wholeNumber(VERSION), source, Optional.of(run), tags);
  }

  /** Sets a tag of a registered model. */
  public void setTag(RegisteredModelName name, String key, String value) {
    JsonObject body = named(name);
    body.addProperty(KEY, key);
    body.addProperty(VALUE, value);
    connection.post("registered-models/set-tag", body);
  }

  /** Sets a tag of a model version. */
  public void setVersionTag(RegisteredModelName name, int number, String key, String value) {
    JsonObject body = named(name);
    body.addProperty(VERSION, String.valueOf(number));
    body.addProperty(KEY, key);
    body.addProperty(VALUE, value);
    connection.post("model-versions/set-tag", body);
  }

  /** Lets an alias name a model version. MLflow knows no condition for this call. */
  public void setAlias(RegisteredModelName name, String alias, int number) {
    JsonObject body = named(name);
    body.addProperty(ALIAS, alias);
    body.addProperty(VERSION, String.valueOf(number));
    connection.post("registered-models/alias", body);
  }

  /** Deletes an alias. */
  public void deleteAlias(RegisteredModelName name, String alias) {
    JsonObject body = named(name);
    body.addProperty(ALIAS, alias);
    connection.delete("registered-models/alias", body);
  }

  private Fields fields(String call, Map<String, String> query) {
    return new Fields(call, connection.get(call, query));
  }

  private static JsonObject named(RegisteredModelName name) {
    JsonObject body = new JsonObject();
    body.addProperty(NAME, name.toString());
    return body;
  }

  /** Empty for the model of another project, whose name begins in the same way. */
  private static Optional<RegisteredModel> model(Fields fields) {
    return RegisteredModelName.parse(fields.text(NAME))
        .map(name -> new RegisteredModel(name, aliases(fields), fields.tags()));
  }

  private static Map<String, Integer> aliases(Fields fields) {
    Map<String, Integer> aliases = new HashMap<>();
    fields
        .list("aliases")
        .forEach(alias -> aliases.put(alias.text(ALIAS), alias.wholeNumber(VERSION)));
    return aliases;
  }

  private static RegisteredVersion version(RegisteredModelName name, Fields fields) {
    return new RegisteredVersion(
        name,
        fields.wholeNumber(VERSION),
        fields.optionalText("source").orElse(""),
        fields.optionalText("run_id").filter(run -> !run.isEmpty()),
        fields.tags());
  }

  private static Optional<Fields> unlessMissing(Supplier<Fields> call) {
    try {
      return Optional.of(call.get());
    } catch (MlflowException e) {
      if (e.kind() == Kind.MISSING) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
