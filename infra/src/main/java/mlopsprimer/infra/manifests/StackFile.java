package mlopsprimer.infra.manifests;

import com.google.gson.Gson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mlopsprimer.infra.config.StackConfig;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The settings in a stack's file, such as Pulumi.managed.yaml. The value of an encrypted setting is
 * not read. {@link #HIDDEN} stands for it.
 *
 * @param values texts by key, without the project's name
 */
record StackFile(Map<String, String> values) {
  /** The value of every encrypted setting. */
  static final String HIDDEN = "encrypted";

  private static final String PROJECT = "mlops-primer:";
  private static final Gson GSON = new Gson();

  /**
   * Reads a stack's file.
   *
   * @throws ManifestException if the file cannot be read, has a secret in plain text, or has
   *     another setting encrypted
   */
  static StackFile read(Path file) {
    Map<String, String> values = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    config(file)
        .forEach(
            (name, value) -> {
              String key = name.startsWith(PROJECT) ? name.substring(PROJECT.length()) : name;
              boolean encrypted = value instanceof Map<?, ?> map && map.containsKey("secure");
              boolean ofStack = !key.contains(":"); // other settings are those of providers
              if (ofStack && encrypted && !StackConfig.isSecret(key)) {
                problems.add(
                    "%s is encrypted in %s, and the manifests need its value: set it with 'pulumi config set --plaintext %s'"
                        .formatted(key, file, key));
              }
              if (StackConfig.isSecret(key) && !encrypted) {
                problems.add(
                    "%s is in plain text in %s: set it with 'pulumi config set --secret %s'"
                        .formatted(key, file, key));
              }
              values.put(key, encrypted ? HIDDEN : text(value));
            });
    if (!problems.isEmpty()) {
      throw new ManifestException(String.join("\n", problems));
    }
    return new StackFile(values);
  }

  private static Map<String, Object> config(Path file) {
    try {
      Object content =
          new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
      Map<String, Object> config = new LinkedHashMap<>();
      if (content instanceof Map<?, ?> stack && stack.get("config") instanceof Map<?, ?> found) {
        found.forEach((key, value) -> config.put(String.valueOf(key), value));
      }
      return config;
    } catch (IOException e) {
      throw new ManifestException(
          "cannot read the settings in %s (%s): use a file such as Pulumi.dev.yaml"
              .formatted(file, e));
    }
  }

  /** The text that Pulumi would give the program: JSON for a list. */
  private static String text(Object value) {
    return value instanceof List<?> list ? GSON.toJson(list) : String.valueOf(value);
  }

  Optional<String> find(String key) {
    return Optional.ofNullable(values.get(key));
  }
}
