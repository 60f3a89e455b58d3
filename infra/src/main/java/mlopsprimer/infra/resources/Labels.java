package mlopsprimer.infra.resources;

import java.util.LinkedHashMap;
import java.util.Map;
import mlopsprimer.infra.config.StackConfig;

/**
 * The labels that the Kubernetes documentation recommends ("Recommended Labels").
 *
 * @param component the component that the object belongs to: api, trainer, store, …
 * @param more other labels of the object
 */
record Labels(String component, Map<String, String> more) {
  private static final String PREFIX = "app.kubernetes.io/";

  Labels {
    more = Map.copyOf(more);
  }

  static Labels of(String component) {
    return new Labels(component, Map.of());
  }

  /** The labels that select the pods of this component. */
  Map<String, String> selector() {
    return Map.of(PREFIX + "name", "mlops-primer", PREFIX + "component", component);
  }

  /** The labels that select all pods of a stack. */
  static Map<String, String> ofStack(StackConfig config) {
    return Map.of(PREFIX + "name", "mlops-primer", PREFIX + "instance", config.namespace());
  }

  /**
   * All labels of the object.
   *
   * @param config tells the stacks of one cluster apart by their namespace
   */
  Map<String, String> all(StackConfig config) {
    Map<String, String> all = new LinkedHashMap<>(selector());
    all.put(PREFIX + "instance", config.namespace());
    all.put(PREFIX + "part-of", "mlops-primer");
    all.put(PREFIX + "managed-by", "pulumi");
    all.putAll(more);
    return all;
  }
}
