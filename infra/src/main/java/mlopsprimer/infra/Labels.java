package mlopsprimer.infra;

import java.util.LinkedHashMap;
import java.util.Map;

/** The labels that Kubernetes recommends: docs, "Recommended Labels". */
record Labels(String component, Map<String, String> more) {
  private static final String PREFIX = "app.kubernetes.io/";

  Labels {
    more = Map.copyOf(more);
  }

  static Labels of(String component) {
    return new Labels(component, Map.of());
  }

  static Labels of(String component, Ticker ticker) {
    return new Labels(component, Map.of("mlops-primer/ticker", ticker.slug()));
  }

  /** What tells this component's pods from others. */
  Map<String, String> selector() {
    return Map.of(PREFIX + "name", "mlops-primer", PREFIX + "component", component);
  }

  Map<String, String> all() {
    Map<String, String> all = new LinkedHashMap<>(selector());
    all.put(PREFIX + "instance", "mlops-primer"); // one stack a cluster: its names are fixed
    all.put(PREFIX + "part-of", "mlops-primer");
    all.put(PREFIX + "managed-by", "pulumi");
    all.putAll(more);
    return all;
  }
}
