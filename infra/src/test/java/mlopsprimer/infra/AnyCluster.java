package mlopsprimer.infra;

import java.util.HashMap;
import java.util.Map;

/** Settings of stacks that change nothing on the nodes. */
final class AnyCluster {
  static final Map<String, String> REGISTRY =
      Map.of("imageRegistry", "registry.example.com:5000/team/primer");

  static final Map<String, String> BUCKET =
      with(
          REGISTRY,
          Map.of(
              "store", "s3://my-bucket/primer",
              "s3Endpoint", "https://s3.example.com:9000",
              "s3Region", "eu-central-1",
              "s3AccessKey", "WRITERKEY",
              "s3SecretKey", "writer-secret"));

  static final Map<String, String> PROVISIONED = with(REGISTRY, Map.of("storageClass", "gp3"));

  private AnyCluster() {}

  static Map<String, String> with(Map<String, String> settings, Map<String, String> more) {
    Map<String, String> all = new HashMap<>(settings);
    all.putAll(more);
    return Map.copyOf(all);
  }
}
