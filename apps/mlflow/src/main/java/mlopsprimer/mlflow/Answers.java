package mlopsprimer.mlflow;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import mlopsprimer.contract.Quote;
import mlopsprimer.mlflow.MlflowException.Kind;

/** Tells good answers of MLflow from others. */
final class Answers {
  private static final int LONGEST_QUOTE = 300;

  private Answers() {}

  /**
   * The answer, if its status is 2xx.
   *
   * @throws MlflowException otherwise, with MLflow's error code and message
   */
  static HttpResponse<byte[]> accepted(HttpResponse<byte[]> answer) {
    int status = answer.statusCode();
    if (status / 100 == 2) {
      return answer;
    }
    Optional<JsonObject> error = parse(answer.body());
    String code = error.map(json -> text(json, "error_code")).orElse("");
    String message =
        error.map(json -> text(json, "message")).orElseGet(() -> new String(answer.body(), UTF_8));
    throw new MlflowException(
        kind(status, code),
        "MLflow refused a request: %s uri=%s status=%d error_code=%s message='%s'; %s"
            .formatted(
                answer.request().method(),
                answer.uri(),
                status,
                code.isEmpty() ? "none" : code,
                Quote.of(message, LONGEST_QUOTE),
                advice(status)));
  }

  private static Kind kind(int status, String code) {
    if (status >= 500 || status == 429) {
      return Kind.OVERLOADED;
    }
    return switch (code) {
      case "RESOURCE_DOES_NOT_EXIST" -> Kind.MISSING;
      case "RESOURCE_ALREADY_EXISTS" -> Kind.EXISTS;
      default -> Kind.REFUSED;
    };
  }

  private static String advice(int status) {
    if (status == 401) {
      return "set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN";
    } else if (status == 403) {
      return "check the permissions of the user, and --allowed-hosts of the server";
    } else if (status / 100 == 3) {
      return "give the URI that the server redirects to";
    } else if (status >= 500) {
      return "look at the log of the server";
    }
    return "check that the URI is that of an MLflow server of version 2.9 or newer";
  }

  /**
   * The body as a JSON object.
   *
   * @throws MlflowException if it is something else, such as the page of a proxy
   */
  static JsonObject object(HttpResponse<byte[]> answer) {
    return parse(answer.body())
        .orElseThrow(
            () ->
                strange(
                    answer.uri().toString(),
                    "it is no JSON object: '%s'"
                        .formatted(Quote.of(new String(answer.body(), UTF_8), LONGEST_QUOTE))));
  }

  /** The failure for an answer that MLflow would not give. */
  static MlflowException strange(String uri, String what) {
    return new MlflowException(
        Kind.STRANGE,
        "strange answer of MLflow: uri=%s, %s; check that the URI is that of an MLflow server"
            .formatted(uri, what));
  }

  static MlflowException unreachable(HttpRequest request, String what, Throwable cause) {
    return new MlflowException(
        Kind.UNREACHABLE,
        "MLflow cannot be reached: %s uri=%s cause=%s; check the URI and that the server runs"
            .formatted(request.method(), request.uri(), what),
        cause);
  }

  private static Optional<JsonObject> parse(byte[] body) {
    try {
      JsonElement json = JsonParser.parseString(new String(body, UTF_8));
      return json.isJsonObject() ? Optional.of(json.getAsJsonObject()) : Optional.empty();
    } catch (JsonParseException e) {
      return Optional.empty();
    }
  }

  private static String text(JsonObject json, String name) {
    JsonElement value = json.get(name);
    return value == null || !value.isJsonPrimitive() ? "" : value.getAsString();
  }
}
