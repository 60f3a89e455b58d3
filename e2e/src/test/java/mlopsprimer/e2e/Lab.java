package mlopsprimer.e2e;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Brings the lab up before the first test that needs it. {@code e2e/run.sh} starts the JVM of the
 * tests and takes the lab down after that JVM has ended, even if it crashed.
 */
final class Lab implements BeforeAllCallback {
  static final String CONTROL_PLANE = "kube-control-plane";
  static final String WORKER = "kube-worker-1";
  static final List<String> NODES = List.of(CONTROL_PLANE, WORKER);
  static final List<String> ADDRESSES = List.of("192.168.56.10", "192.168.56.21");

  /** Waits until the API server answers, for example after a reboot of the control plane. */
  static String awaitKubernetes() {
    return Shell.eventually(
        Duration.ofMinutes(3), "kubectl --request-timeout=5s get --raw /readyz");
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    context
        .getRoot()
        .getStore(Namespace.create(Lab.class))
        .getOrComputeIfAbsent(
            "up",
            key -> {
              Shell.succeed("lab/up.sh");
              return true;
            });
  }
}
