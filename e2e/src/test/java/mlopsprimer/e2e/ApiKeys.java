package mlopsprimer.e2e;

import static mlopsprimer.e2e.Shell.on;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The S3 credentials of the API's pods, as their Deployment has them.
 *
 * @param bucket the URL of the bucket
 */
record ApiKeys(String bucket, String access, String secret) {
  /**
   * Reads them from the variables of the API's container, and from the Secrets that these name.
   *
   * @throws AssertionError if a variable is missing
   */
  static ApiKeys read() {
    Map<String, String> variables = variables();
    for (String needed :
        new String[] {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "S3_ENDPOINT", "STORE"}) {
      if (!variables.containsKey(needed)) {
        throw new AssertionError("the API's pod has no " + needed + ", but " + variables.keySet());
      }
    }
    String bucket = variables.get("STORE").replaceFirst("^s3://([^/]+).*", "$1");
    return new ApiKeys(
        variables.get("S3_ENDPOINT") + "/" + bucket,
        variables.get("AWS_ACCESS_KEY_ID"),
        variables.get("AWS_SECRET_ACCESS_KEY"));
  }

  /**
   * Sends a request from a worker, which reaches the addresses of Services.
   *
   * @param path key, query and further arguments of curl
   * @return the HTTP status, or 000 without an answer
   */
  String statusOf(String method, String path) {
    return on(
        Lab.WORKER,
        "curl --silent --max-time 5 --output /dev/null --write-out '%%{http_code}' --request %s "
                .formatted(method)
            + "--user '%s:%s' --aws-sigv4 aws:amz:us-east-1:s3 ".formatted(access, secret)
            + "--header 'x-amz-content-sha256: UNSIGNED-PAYLOAD' "
            + address(bucket)
            + path
            + " || true");
  }

  /**
   * Replaces the name of a Service by its address, because the nodes do not use the cluster's DNS.
   */
  private static String address(String url) {
    String host = url.replaceFirst("^https?://([^:/]+).*", "$1");
    if (host.matches("[0-9.]+")) {
      return url;
    }
    String service = host.replaceFirst("[.].*", "");
    return url.replace(
        host, Stack.kubectl("get service %s -o jsonpath={.spec.clusterIP}".formatted(service)));
  }

  /** The variables of the API's container, and its arguments in the form of variables. */
  private static Map<String, String> variables() {
    JsonObject container =
        JsonParser.parseString(
                Stack.kubectl("get deployment -l app.kubernetes.io/component=api -o json"))
            .getAsJsonObject()
            .getAsJsonArray("items")
            .get(0)
            .getAsJsonObject()
            .getAsJsonObject("spec")
            .getAsJsonObject("template")
            .getAsJsonObject("spec")
            .getAsJsonArray("containers")
            .get(0)
            .getAsJsonObject();
    Map<String, String> found = new TreeMap<>();
    for (JsonElement argument : container.getAsJsonArray("args")) {
      String[] option = argument.getAsString().split("=", 2);
      if (option.length == 2) {
        found.put(
            option[0].replaceFirst("--", "").replace('-', '_').toUpperCase(Locale.ROOT), option[1]);
      }
    }
    for (JsonElement element : container.getAsJsonArray("env")) {
      JsonObject variable = element.getAsJsonObject();
      if (variable.has("value")) {
        found.put(variable.get("name").getAsString(), variable.get("value").getAsString());
      } else if (variable.getAsJsonObject("valueFrom").has("secretKeyRef")) {
        JsonObject key = variable.getAsJsonObject("valueFrom").getAsJsonObject("secretKeyRef");
        found.put(
            variable.get("name").getAsString(),
            valueOf(key.get("name").getAsString(), key.get("key").getAsString()));
      }
    }
    return found;
  }

  private static String valueOf(String secret, String key) {
    String encoded =
        JsonParser.parseString(Stack.kubectl("get secret %s -o json".formatted(secret)))
            .getAsJsonObject()
            .getAsJsonObject("data")
            .get(key)
            .getAsString();
    return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
  }
}
