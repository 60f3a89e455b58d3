package mlopsprimer.infra;

import com.pulumi.test.Mocks;
import com.pulumi.test.PulumiTest;
import com.pulumi.test.TestOptions;
import com.pulumi.test.TestResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.logging.LogManager;
import mlopsprimer.infra.config.Context;
import mlopsprimer.infra.config.StackConfig;

/**
 * The result of running the whole program with an engine that creates nothing and records requests.
 *
 * @param registered the resources in the order of their registration
 */
public record Stack(List<Mocks.ResourceArgs> registered, TestResult result) {
  static {
    // Programs that fail in a test would log long stack traces.
    LogManager.getLogManager().reset();
  }

  /**
   * A stack on two nodes.
   *
   * @param settings values that replace the defaults, by key
   */
  public static Stack of(Map<String, String> settings) {
    return of(settings, "none");
  }

  /** A stack in which the creation of every resource of one type fails. */
  static Stack of(Map<String, String> settings, String failingType) {
    List<Mocks.ResourceArgs> registered = Collections.synchronizedList(new ArrayList<>());
    Mocks engine =
        resource -> {
          if (resource.type.equals(failingType)) {
            return CompletableFuture.failedFuture(new IllegalStateException("failed"));
          }
          registered.add(resource);
          Map<String, Object> state = new HashMap<>(resource.inputs);
          if (resource.type.equals("node-provider:index:Image")) {
            state.put("reference", resource.inputs.get("name") + ":0123456789ab");
            state.put("digest", "sha256:" + resource.name);
            state.put("archive", "/archive/" + resource.name);
            state.put(
                "image",
                Boolean.TRUE.equals(resource.inputs.get("push"))
                    ? resource.inputs.get("name") + "@sha256:" + resource.name
                    : resource.inputs.get("name") + ":0123456789ab");
          } else if (resource.type.equals("node-provider:index:Credentials")) {
            state.put("accessKey", resource.inputs.get("user") + "ABCDEFGHJKLM");
            state.put("secretKey", "never-in-plain-text-" + resource.name);
          } else if (resource.type.equals("node-provider:index:Rollout")) {
            state.put(
                "answersAt", resource.inputs.getOrDefault("url", "http://found.example/path"));
          } else if (resource.type.equals("node-provider:index:NodeDirectory")) {
            state.put("made", "1795456710.243823992");
          } else if (resource.type.equals("node-provider:index:Ownership")) {
            state.put("owner", "mlops-primer/dev/0123456789ab");
          } else if (resource.type.equals("node-provider:index:ClaimableVolume")) {
            state.put("lost", "none");
          } else if (resource.type.equals("node-provider:index:TrainingOutcome")) {
            state.put("failed", 1);
            state.put("report", "QQQ is not trained");
          }
          return CompletableFuture.completedFuture(
              Mocks.ResourceResult.of(Optional.of(resource.name), state));
        };
    try {
      TestResult result =
          PulumiTest.withMocks(engine)
              .withOptions(TestOptions.builder().projectName("mlops-primer").build())
              .runTest(context -> Main.stack(context, config(settings)));
      return new Stack(List.copyOf(registered), result);
    } finally {
      PulumiTest.cleanup();
    }
  }

  static StackConfig config(Map<String, String> settings) {
    return Context.withTwoNodes().config(settings);
  }

  List<Mocks.ResourceArgs> ofType(String type) {
    return registered.stream().filter(resource -> resource.type.equals(type)).toList();
  }

  Mocks.ResourceArgs only(String type) {
    List<Mocks.ResourceArgs> found = ofType(type);
    if (found.size() != 1) {
      throw new AssertionError(
          "%d resources have the type %s; all types: %s".formatted(found.size(), type, types()));
    }
    return found.get(0);
  }

  List<String> types() {
    return registered.stream().map(resource -> resource.type).toList();
  }

  /** The value at a path of names and indexes: spec/template/spec/containers/0/image. */
  static Object at(Object inputs, String path) {
    Object value = inputs;
    for (String step : path.split("/", -1)) {
      value =
          value instanceof List<?> list
              ? list.get(Integer.parseInt(step))
              : ((Map<?, ?>) value).get(step.replace('~', '/'));
      if (value == null) {
        return null;
      }
    }
    return value;
  }
}
