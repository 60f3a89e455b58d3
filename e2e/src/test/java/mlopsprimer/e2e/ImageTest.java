package mlopsprimer.e2e;

import static mlopsprimer.e2e.Lab.NODES;
import static mlopsprimer.e2e.Lab.WORKER;
import static mlopsprimer.e2e.Shell.ROOT;
import static mlopsprimer.e2e.Shell.on;
import static mlopsprimer.e2e.Shell.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** From a source file to what a pod runs, and what may happen to it there. */
@ExtendWith({Lab.class, Stack.class})
class ImageTest {
  private static final Path ROUTES =
      ROOT.resolve("apps/api/src/main/java/mlopsprimer/api/Routes.java");
  private static final String BEFORE = "status(response, \"live\")";
  private static final String AFTER = "status(response, \"alive and well\")";

  // Fault 52: one class changed. Fault 43: no request fails meanwhile.
  @Test
  void aChangedSourceReachesThePodsAndNoOtherImageIsTouched() throws IOException {
    String trainer = Stack.reference("trainer");
    String api = Stack.reference("api");
    String source = Files.readString(ROUTES);
    assertThat(source).contains(BEFORE);
    Load load = new Load();
    try (load) {
      Files.writeString(ROUTES, source.replace(BEFORE, AFTER));
      String up = Phases.time("pulumi up with one source line changed", Stack::up);

      assertThat(Stack.answer("/health/live").get("status").getAsString())
          .isEqualTo("alive and well");
      assertThat(Stack.reference("trainer")).isEqualTo(trainer);
      assertThat(Stack.reference("api")).isNotEqualTo(api);
      assertThat(up).doesNotContain("Job", "importing " + trainer);
      for (String node : NODES) {
        assertThat(on(node, "ctr --namespace k8s.io images ls --quiet"))
            .contains(Stack.reference("api"), trainer)
            .doesNotContain(api);
      }
    } finally {
      Files.writeString(ROUTES, source);
    }
    assertThat(load.failures()).isEmpty();

    Stack.up();
    assertThat(Stack.reference("api")).isEqualTo(api);
  }

  @Test
  void anImageThatWasRemovedIsSeenByRefreshAndBroughtBackByUp() {
    String reference = Stack.reference("api");
    String digest = Stack.digestOn(WORKER, "api");
    on(WORKER, "ctr --namespace k8s.io images rm --sync " + reference);

    assertThat(succeed("pulumi refresh --yes --skip-preview --color never"))
        .containsPattern("NodeImport +api +updated");
    assertThat(Stack.up()).contains("importing " + reference + " on " + WORKER);

    assertThat(Stack.digestOn(WORKER, "api")).isEqualTo(digest);
  }

  // Fault 51: a node's SSH is down during an import.
  @Test
  void aNodeThatDoesNotAnswerIsNamedAndTheNextUpGoesOn() {
    on(WORKER, "ctr --namespace k8s.io images rm --sync " + Stack.reference("api"));
    succeed("pulumi refresh --yes --skip-preview");
    String inside = "lxc-attach --name mlops-primer-%s -- systemctl %%s ssh".formatted(WORKER);
    succeed(inside.formatted("stop"));
    try {
      Shell.Result failed = Stack.tryUp();
      assertThat(failed.exit()).isNotZero();
      assertThat(failed.output())
          .contains("kube-worker-1 (192.168.56.21:22) does not answer")
          .contains("'vagrant up kube-worker-1' starts it");
      assertThat(Shell.run("pulumi refresh --yes --skip-preview").exit())
          .as("a node that cannot be asked has not lost its images")
          .isNotZero();
    } finally {
      succeed(inside.formatted("start"));
    }

    Stack.up();
    assertThat(Stack.digestOn(WORKER, "api")).startsWith("sha256:");
  }

  // Fault 55: image garbage collection, forced; an image that nothing runs shows that it happened.
  @Test
  void garbageCollectionTakesNoImageThatServes() {
    String digest = Stack.digestOn(WORKER, "api");
    succeed(
        """
        lab/image-archive e2e/target/unused.tar localhost/unused:1 /bin/busybox e2e/target/busybox.tar
        ssh -F infra-context/ssh-config %s sudo ctr --namespace k8s.io images import - <e2e/target/unused.tar
        """
            .formatted(WORKER));
    on(
        WORKER,
        """
        cp -p /var/lib/kubelet/config.yaml /root/kubelet-config.yaml
        sed -i 's/^imageGCHighThresholdPercent:.*/imageGCHighThresholdPercent: 2/; /^imageGCLowThresholdPercent/d; /^imageMinimumGCAge/d' /var/lib/kubelet/config.yaml
        printf 'imageGCLowThresholdPercent: 1\\nimageMinimumGCAge: 1s\\n' >>/var/lib/kubelet/config.yaml
        systemctl restart kubelet
        """);
    try {
      Shell.eventually(
          Duration.ofMinutes(7),
          "! ssh -F infra-context/ssh-config %s sudo ctr --namespace k8s.io images ls --quiet | grep -q unused"
              .formatted(WORKER));
    } finally {
      on(
          WORKER,
          "mv /root/kubelet-config.yaml /var/lib/kubelet/config.yaml && systemctl restart kubelet");
    }

    assertThat(Stack.digestOn(WORKER, "api")).isEqualTo(digest);
    assertThat(Stack.served()).isEqualTo(Stack.TICKER);
    Probe.load(WORKER);
    succeed("pulumi refresh --yes --skip-preview");
    Stack.up();
    assertThat(Stack.digestOn(WORKER, "trainer")).startsWith("sha256:");
  }
}
