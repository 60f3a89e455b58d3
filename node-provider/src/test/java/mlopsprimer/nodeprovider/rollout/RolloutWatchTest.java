package mlopsprimer.nodeprovider.rollout;

import static mlopsprimer.nodeprovider.rollout.RolloutObjects.complete;
import static mlopsprimer.nodeprovider.rollout.RolloutObjects.crashLooping;
import static mlopsprimer.nodeprovider.rollout.RolloutObjects.oldCrashing;
import static mlopsprimer.nodeprovider.rollout.RolloutObjects.ready;
import static mlopsprimer.nodeprovider.rollout.RolloutObjects.restarted;
import static mlopsprimer.nodeprovider.rollout.RolloutObjects.starting;
import static mlopsprimer.nodeprovider.rollout.RolloutObjects.unschedulable;
import static mlopsprimer.nodeprovider.rollout.RolloutObjects.unseen;
import static mlopsprimer.nodeprovider.rollout.RolloutObjects.waiting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import mlopsprimer.nodeprovider.kubernetes.Kubeconfig;
import mlopsprimer.nodeprovider.rpc.RecordedLog;
import mlopsprimer.nodeprovider.rpc.ResourceException;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Watches rollouts on a real HTTP server that answers like the API server. */
class RolloutWatchTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final int ALWAYS = Integer.MAX_VALUE;
  private static final RolloutLimits PATIENT =
      new RolloutLimits(Duration.ofMillis(20), LONG, LONG, LONG, LONG, LONG, LONG);

  @TempDir Path home;

  private final RecordedLog log = new RecordedLog();
  private FakeApiServer apiServer;
  private Path kubeconfig;

  @AfterEach
  void stop() {
    if (apiServer != null) {
      apiServer.close();
    }
  }

  @Test
  void aRolloutEndsWhenAllPodsAreNewAndReady() throws Exception {
    serve(
        look ->
            look < 3
                ? unseen()
                : look < 5 ? RolloutObjects.of(starting("a")) : look < 9 ? oneReady() : complete());

    roll(PATIENT);

    assertThat(apiServer.looks()).isEqualTo(9);
    assertThat(log.messages())
        .containsExactly("0 of 2 pods are ready", "1 of 2 pods are ready", "2 of 2 pods are ready");
  }

  @Test
  void aCrashLoopEndsTheRolloutWithTheEndOfTheLog() throws Exception {
    serve(
        look ->
            RolloutObjects.of(crashLooping("a", "Error", 2, "--threshold 5.0E-4 is 100% wrong\n")));

    failure(PATIENT)
        .hasMessageContaining("the pod a crashes again and again")
        .hasMessageContaining("its container api ended with exit code 2 (Error)")
        .hasMessageContaining("--threshold 5.0E-4 is 100% wrong")
        .hasMessageContaining("run 'pulumi up' again")
        .hasMessageContaining("'kubectl --namespace mlops-primer delete pod a'");
  }

  @Test
  void aContainerThatRunsForTheThirdTimeEndsTheRollout() throws Exception {
    serve(look -> RolloutObjects.of(restarted("a", 2, false, "no model")));

    failure(PATIENT).hasMessageContaining("no model").hasMessageContaining("restarts: 2");
  }

  @Test
  void oneCrashDoesNotEndTheRollout() throws Exception {
    serve(look -> look < 5 ? RolloutObjects.of(restarted("a", 1, false, "once")) : complete());

    roll(PATIENT);
  }

  @Test
  void oldCrashesOfAStartedContainerDoNotEndTheRollout() throws Exception {
    serve(look -> look < 5 ? RolloutObjects.of(restarted("a", 7, true, "long ago")) : complete());

    roll(PATIENT);
  }

  @Test
  void theErrorForAContainerWithoutMemoryNamesItsLimit() throws Exception {
    serve(look -> RolloutObjects.of(crashLooping("a", "OOMKilled", 137, "")));

    failure(PATIENT)
        .hasMessageContaining("the pod a runs out of memory")
        .hasMessageContaining("exit code 137 (OOMKilled) at the memory limit of 160Mi")
        .hasMessageContaining("Raise its memory limit");
  }

  @Test
  void aCrashLoopOfThePreviousPodsDoesNotEndTheRollout() throws Exception {
    serve(
        look ->
            look < 3
                ? unseen(crashLooping("a", "Error", 1, "not judged yet"))
                : look < 6 ? RolloutObjects.of(oldCrashing("old"), starting("a")) : complete());

    roll(PATIENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ErrImageNeverPull", "InvalidImageName"})
  void aContainerThatCanNeverStartEndsTheRolloutAtOnce(String reason) throws Exception {
    serve(look -> RolloutObjects.of(waiting("a", reason, "the kubelet's message")));

    failure(PATIENT)
        .hasMessageContaining("the pod a cannot start its container api: " + reason)
        .hasMessageContaining("the kubelet's message")
        .hasMessageContaining("'pulumi up'");
  }

  @Test
  void aContainerThatStaysStuckEndsTheRollout() throws Exception {
    serve(
        look ->
            RolloutObjects.of(
                waiting(
                    "a", look % 2 == 0 ? "ErrImagePull" : "ImagePullBackOff", "no such image")));

    failure(limits(Duration.ofMillis(300), LONG, LONG)).hasMessageContaining("no such image");
    assertThat(apiServer.looks()).isGreaterThan(1);
  }

  @Test
  void aContainerThatIsStuckForAMomentDoesNotEndTheRollout() throws Exception {
    serve(
        look ->
            look < 5
                ? RolloutObjects.of(waiting("a", "CreateContainerError", "name is reserved"))
                : complete());

    roll(PATIENT);
  }

  @Test
  void aPodThatStaysUnschedulableEndsTheRolloutWithTheSchedulersMessage() throws Exception {
    serve(look -> RolloutObjects.of(unschedulable("a", "0/2 nodes: Insufficient memory")));

    failure(limits(LONG, Duration.ofMillis(300), LONG))
        .hasMessageContaining("no node can take the pod a: 0/2 nodes: Insufficient memory")
        .hasMessageContaining("Give the nodes more memory or CPU");
  }

  @Test
  void aRefusedPodEndsTheRolloutWithTheControllersMessage() throws Exception {
    serve(look -> RolloutObjects.withReplicaFailure("violates PodSecurity \"restricted\""));

    failure(limits(Duration.ofMillis(300), LONG, LONG))
        .hasMessageContaining("Kubernetes cannot create a pod for the Deployment prediction-api")
        .hasMessageContaining("violates PodSecurity \"restricted\"");
  }

  @Test
  void aRolloutWithoutProgressEndsWithTheStateOfThePods() throws Exception {
    serve(look -> oneReady());

    failure(limits(LONG, LONG, Duration.ofMillis(300)))
        .hasMessageContaining("made no progress for 0 s: 1 of 2 pods are ready")
        .hasMessageContaining("The pod b is Running, container api is running but not ready.")
        .hasMessageContaining("'kubectl --namespace mlops-primer describe pods'");
  }

  @Test
  void theErrorForAMissingDeploymentNamesTheRemedy() throws Exception {
    serve(look -> complete());
    apiServer.refuse(404, ALWAYS);

    failure(PATIENT)
        .hasMessageContaining("the namespace mlops-primer has no Deployment prediction-api")
        .hasMessageContaining("'pulumi refresh'");
  }

  @Test
  void theErrorNamesAnApiServerThatRefusesTheUser() throws Exception {
    serve(look -> complete());
    apiServer.refuse(403, ALWAYS);

    failure(PATIENT)
        .hasMessageContaining("http://127.0.0.1:")
        .hasMessageContaining("status 403, refused")
        .hasMessageContaining("'kubectl get nodes'");
  }

  @Test
  void aShortFailureOfTheApiServerDoesNotEndTheRollout() throws Exception {
    serve(look -> complete());
    apiServer.refuse(503, 5);

    roll(PATIENT);

    assertThat(apiServer.looks()).isOne();
  }

  @Test
  void theErrorNamesTheRolloutIfTheApiServerDoesNotAnswer() throws Exception {
    serve(look -> complete());
    apiServer.close();

    failure(new RolloutLimits(Duration.ofMillis(20), LONG, LONG, LONG, Duration.ZERO, LONG, LONG))
        .hasMessageContaining("does not report the rollout of the Deployment prediction-api");
  }

  @Test
  void theErrorNamesAMissingKubeconfig() throws IOException {
    serve(look -> complete());
    Files.delete(kubeconfig);

    failure(PATIENT).hasMessageContaining("admin.conf does not exist");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "not a kubeconfig", "apiVersion: v1\nkind: Config\n", "{", "[1]"})
  void theErrorNamesAFileThatIsNotAKubeconfig(String content) throws IOException {
    serve(look -> complete());
    Files.writeString(kubeconfig, content);

    failure(PATIENT).hasMessageStartingWith(kubeconfig + " is not a kubeconfig");
  }

  @Test
  void anInterruptEndsTheWatch() throws Exception {
    serve(look -> oneReady());
    AtomicReference<Exception> end = new AtomicReference<>();
    Thread watch =
        new Thread(
            () -> {
              try {
                roll(PATIENT);
              } catch (Exception e) {
                end.set(e);
              }
            });
    watch.start();
    await().until(() -> apiServer.looks() > 2);

    watch.interrupt();

    await().until(() -> end.get() != null);
    assertThat(end.get()).isInstanceOf(InterruptedException.class);
  }

  private static RolloutObjects oneReady() {
    return RolloutObjects.of(ready("a"), starting("b"));
  }

  private static RolloutLimits limits(Duration stuck, Duration unschedulable, Duration noProgress) {
    return new RolloutLimits(
        Duration.ofMillis(20), stuck, unschedulable, noProgress, LONG, LONG, LONG);
  }

  private void serve(IntFunction<RolloutObjects> looks) throws IOException {
    apiServer = new FakeApiServer(looks);
    kubeconfig = apiServer.kubeconfig(home);
  }

  private void roll(RolloutLimits limits) throws Exception {
    try (KubernetesApi cluster = KubernetesApi.connect(new Kubeconfig.Cluster(kubeconfig, null))) {
      new RolloutWatch(cluster, RolloutObjects.NAMESPACE, RolloutObjects.NAME, limits)
          .untilComplete(log);
    }
  }

  private AbstractThrowableAssert<?, ? extends Throwable> failure(RolloutLimits limits) {
    return assertThatThrownBy(() -> roll(limits)).isInstanceOf(ResourceException.class);
  }
}
