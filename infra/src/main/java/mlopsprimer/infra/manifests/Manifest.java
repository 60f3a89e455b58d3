package mlopsprimer.infra.manifests;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import mlopsprimer.contract.Sha256;

/**
 * A Kubernetes object without what only Pulumi needs.
 *
 * @param content the object in the order of its keys; numbers are whole
 */
record Manifest(Map<String, Object> content) {
  private static final String METADATA = "metadata";
  private static final String ANNOTATIONS = "annotations";
  private static final int HASH_DIGITS = 12;

  /** Annotations with what only a stack of Pulumi knows. */
  private static final Set<String> OF_A_STACK =
      Set.of("mlops-primer/owner", "mlops-primer/store-credentials");

  /** Cleans the inputs of a resource of Pulumi. */
  static Manifest of(Map<String, Object> inputs) {
    return new Manifest(clean(inputs));
  }

  String kind() {
    return String.valueOf(content.get("kind"));
  }

  String name() {
    return String.valueOf(((Map<?, ?>) content.get(METADATA)).get("name"));
  }

  /** Whether the object holds credentials, which no file may have. */
  boolean isSecret() {
    return kind().equals("Secret");
  }

  /** A name for the file: deployment-prediction-api.yaml. */
  String fileName() {
    return "%s-%s.yaml".formatted(kind().toLowerCase(Locale.ROOT), name());
  }

  /**
   * The object under a name that changes with its content, if it is a Job. Kubernetes refuses a
   * change of a Job's pods, and nothing that applies files replaces the Job as Pulumi does.
   */
  Manifest namedByContent() {
    if (!kind().equals("Job")) {
      return this;
    }
    Map<String, Object> metadata = new TreeMap<>();
    ((Map<?, ?>) content.get(METADATA)).forEach((key, value) -> metadata.put((String) key, value));
    String hash = Sha256.hex(content.toString().getBytes(UTF_8)).substring(0, HASH_DIGITS);
    metadata.put("name", name().replaceFirst("[^-]*$", hash));
    Map<String, Object> renamed = new TreeMap<>(content);
    renamed.put(METADATA, metadata);
    return new Manifest(renamed);
  }

  private static Map<String, Object> clean(Map<?, ?> map) {
    Map<String, Object> cleaned = new TreeMap<>();
    map.forEach(
        (key, value) -> {
          Object kept = key.equals(ANNOTATIONS) ? withoutPulumi((Map<?, ?>) value) : clean(value);
          if (kept != null && !(key.equals(ANNOTATIONS) && ((Map<?, ?>) kept).isEmpty())) {
            cleaned.put(String.valueOf(key), kept);
          }
        });
    return cleaned;
  }

  private static Object clean(Object value) {
    if (value instanceof Map<?, ?> map) {
      return clean(map);
    } else if (value instanceof List<?> list) {
      return list.stream().map(Manifest::clean).toList();
    } else if (value instanceof Double number && number == Math.rint(number)) {
      return number.longValue(); // Pulumi's protocol has no whole numbers
    }
    return value;
  }

  private static Map<String, Object> withoutPulumi(Map<?, ?> annotations) {
    return annotations.entrySet().stream()
        .filter(entry -> !String.valueOf(entry.getKey()).startsWith("pulumi.com/"))
        .filter(entry -> !OF_A_STACK.contains(String.valueOf(entry.getKey())))
        .collect(
            Collectors.toMap(
                entry -> String.valueOf(entry.getKey()),
                Map.Entry::getValue,
                (a, b) -> a,
                TreeMap::new));
  }
}
