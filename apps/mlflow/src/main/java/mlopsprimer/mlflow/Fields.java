package mlopsprimer.mlflow;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The fields of an object in an answer of MLflow. A field that is missing or of another type is a
 * {@link MlflowException}, because the answer is then not one of MLflow.
 *
 * @param call name of the call, for messages
 */
record Fields(String call, JsonObject json) {

  /** The text of a field. */
  String text(String name) {
    return optionalText(name).orElseThrow(() -> missing(name));
  }

  /** The text of a field; empty if there is no such field. */
  Optional<String> optionalText(String name) {
    JsonElement value = json.get(name);
    if (value == null || value.isJsonNull()) {
      return Optional.empty();
    }
    if (!value.isJsonPrimitive()) {
      throw missing(name);
    }
    return Optional.of(value.getAsString());
  }

  /** A whole number, which MLflow writes as a text. */
  int wholeNumber(String name) {
    try {
      return Integer.parseInt(text(name));
    } catch (NumberFormatException e) {
      throw missing(name);
    }
  }

  /** An object in a field. */
  Fields object(String name) {
    JsonElement value = json.get(name);
    if (value == null || !value.isJsonObject()) {
      throw missing(name);
    }
    return new Fields(call, value.getAsJsonObject());
  }

  /** The objects in a field. MLflow leaves out a field without objects. */
  List<Fields> list(String name) {
    JsonElement value = json.get(name);
    if (value == null || value.isJsonNull()) {
      return List.of();
    }
    if (!value.isJsonArray()) {
      throw missing(name);
    }
    List<Fields> objects = new ArrayList<>();
    for (JsonElement each : value.getAsJsonArray()) {
      if (!each.isJsonObject()) {
        throw missing(name);
      }
      objects.add(new Fields(call, each.getAsJsonObject()));
    }
    return objects;
  }

  /** The tags of an object by key. */
  Map<String, String> tags() {
    Map<String, String> tags = new HashMap<>();
    list("tags").forEach(tag -> tags.put(tag.text("key"), tag.optionalText("value").orElse("")));
    return tags;
  }

  /** A map as MLflow writes it: a list of objects with the fields key and value. */
  static JsonArray pairs(Map<String, String> values) {
    JsonArray pairs = new JsonArray();
    values.forEach(
        (key, value) -> {
          JsonObject pair = new JsonObject();
          pair.addProperty("key", key);
          pair.addProperty("value", value);
          pairs.add(pair);
        });
    return pairs;
  }

  private MlflowException missing(String name) {
    return Answers.strange(call, "the field %s is missing or strange".formatted(name));
  }
}
