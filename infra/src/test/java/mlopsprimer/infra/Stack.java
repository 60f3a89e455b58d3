package mlopsprimer.infra;

import com.pulumi.test.Mocks;
import com.pulumi.test.PulumiTest;
import com.pulumi.test.TestOptions;
import com.pulumi.test.TestResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.logging.LogManager;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The whole program, run against an engine that makes nothing and remembers what was asked of it.
 *
 * @param registered in the order of their registration
 */
record Stack(List<Mocks.ResourceArgs> registered, TestResult result) {
  private static final Path CHECKOUT = Path.of("").toAbsolutePath().getParent();
  private static final Pattern DEFAULT =
      Pattern.compile("(?m)^  (\\w+):\\n(?:    .*\\n)*?    default: (.*)$");

  static {
    // A program that is to fail tells of it at length.
    LogManager.getLogManager().reset();
  }

  /** Two nodes, and the defaults of Pulumi.yaml except for these. */
  static Stack of(Map<String, String> settings) {
    return of(settings, "none");
  }

  /** The same, where making one type of resource fails. */
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
          } else if (resource.type.equals("node-provider:index:NodeDirectory")) {
            state.put("made", "1795456710.243823992");
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
    try {
      Path context = Files.createTempDirectory("infra-context");
      Path ssh = context.resolve("ssh-config");
      Path kubeconfig = context.resolve("admin.conf");
      Files.writeString(
          ssh,
          """
          Host kube-control-plane
            # Address 192.168.56.10
            HostName 127.0.0.1
            Port 2222
          Host kube-worker-1
            # Address 192.168.56.21
            HostName 127.0.0.1
            Port 2200
          """);
      Files.writeString(
          kubeconfig, "certificate-authority-data: QQ==\ntoken: never-in-the-state\n");
      try {
        Map<String, String> all = defaults();
        all.put("kubeconfig", kubeconfig.toString());
        all.put("sshConfig", ssh.toString());
        all.putAll(settings);
        return StackConfig.read(name -> Optional.ofNullable(all.get(name)), CHECKOUT);
      } finally {
        // The last one said is deleted first.
        context.toFile().deleteOnExit();
        ssh.toFile().deleteOnExit();
        kubeconfig.toFile().deleteOnExit();
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** What Pulumi.yaml declares. */
  static Map<String, String> defaults() throws IOException {
    Map<String, String> defaults = new HashMap<>();
    String schema = Files.readString(CHECKOUT.resolve("Pulumi.yaml"));
    for (MatchResult key : DEFAULT.matcher(schema).results().toList()) {
      defaults.put(key.group(1), key.group(2).replaceAll("^\"|\"$", ""));
    }
    return defaults;
  }

  List<Mocks.ResourceArgs> ofType(String type) {
    return registered.stream().filter(resource -> resource.type.equals(type)).toList();
  }

  Mocks.ResourceArgs only(String type) {
    List<Mocks.ResourceArgs> found = ofType(type);
    if (found.size() != 1) {
      throw new AssertionError("%d of %s: %s".formatted(found.size(), type, types()));
    }
    return found.get(0);
  }

  List<String> types() {
    return registered.stream().map(resource -> resource.type).toList();
  }

  /** What is at a path of names and indexes: spec/template/spec/containers/0/image. */
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
