package mlopsprimer.infra.manifests;

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
import mlopsprimer.infra.Main;
import mlopsprimer.infra.config.StackConfig;

/**
 * Runs the program of the stack with an engine that creates nothing, and collects the Kubernetes
 * objects that {@code pulumi up} would create. The engine is the one that the SDK has for tests.
 */
final class ProgramObjects {
  private static final String KUBERNETES = "kubernetes:";
  private static final String IMAGE = "node-provider:index:Image";

  private ProgramObjects() {}

  /**
   * The objects of a stack, in no order.
   *
   * @param images the images as pods name them, by the names of the images without tag and digest
   * @throws ManifestException if the program fails
   */
  static List<Manifest> of(StackConfig config, Map<String, String> images) {
    List<Manifest> objects = Collections.synchronizedList(new ArrayList<>());
    Mocks engine =
        resource -> {
          if (resource.type.startsWith(KUBERNETES)) {
            objects.add(Manifest.of(resource.inputs));
          }
          return CompletableFuture.completedFuture(
              Mocks.ResourceResult.of(Optional.of(resource.name), state(resource, images)));
        };
    try {
      TestResult result =
          PulumiTest.withMocks(engine)
              .withOptions(TestOptions.builder().projectName("mlops-primer").build())
              .runTest(context -> Main.stack(context, config));
      if (result.exitCode() != 0) {
        throw new ManifestException(
            "the program of the stack failed: " + String.join("\n", result.errors()));
      }
      return List.copyOf(objects);
    } finally {
      PulumiTest.cleanup();
    }
  }

  /** What the node-provider would find out, as far as an object contains it. */
  private static Map<String, Object> state(
      Mocks.ResourceArgs resource, Map<String, String> images) {
    Map<String, Object> state = new HashMap<>(resource.inputs);
    if (resource.type.equals(IMAGE)) {
      String image = images.get(String.valueOf(resource.inputs.get("name")));
      if (image == null) {
        throw new ManifestException(
            "the image %s is not known: run scripts/manifests.sh, which pushes the images"
                .formatted(resource.inputs.get("name")));
      }
      state.put("image", image);
      state.put("reference", image);
      state.put("digest", image.substring(image.indexOf('@') + 1));
    }
    for (String found : List.of("owner", "accessKey", "secretKey", "answersAt")) {
      state.putIfAbsent(found, StackFile.HIDDEN);
    }
    return state;
  }
}
