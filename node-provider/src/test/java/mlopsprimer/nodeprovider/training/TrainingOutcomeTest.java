package mlopsprimer.nodeprovider.training;

import static mlopsprimer.nodeprovider.training.TrainingObjects.complete;
import static mlopsprimer.nodeprovider.training.TrainingObjects.ended;
import static mlopsprimer.nodeprovider.training.TrainingObjects.failed;
import static mlopsprimer.nodeprovider.training.TrainingObjects.running;
import static mlopsprimer.nodeprovider.training.TrainingObjects.runs;
import static mlopsprimer.nodeprovider.training.TrainingObjects.unschedulable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.EventListBuilder;
import io.fabric8.kubernetes.api.model.PodListBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import mlopsprimer.nodeprovider.kubernetes.ScriptedApiServer;
import mlopsprimer.nodeprovider.rollout.RolloutLimits;
import mlopsprimer.nodeprovider.rpc.RecordedLog;
import mlopsprimer.nodeprovider.rpc.ResourceException;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Waits for Jobs on a real HTTP server that answers like the API server. */
class TrainingOutcomeTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final RolloutLimits PATIENT = limits(LONG, LONG, LONG);
  private static final String NO_SUCH = "failed NOSUCH 20 Yahoo does not know this symbol";

  @TempDir Path home;

  private final RecordedLog log = new RecordedLog();
  private final AtomicInteger looks = new AtomicInteger();
  private ScriptedApiServer apiServer;
  private volatile TrainingObjects now;

  @BeforeEach
  void start() throws IOException {
    apiServer = new ScriptedApiServer();
  }

  @AfterEach
  void stop() {
    apiServer.close();
  }

  @Test
  void theOutcomeOfACompleteJobHasNoFailure() throws Exception {
    serve(
        look ->
            look < 3
                ? TrainingObjects.of(running(2, "", ""), runs(0), runs(1))
                : look < 5
                    ? TrainingObjects.of(running(1, "0", ""), runs(1))
                    : TrainingObjects.of(complete("0-2")));

    TrainingOutcomeState state = create(PATIENT);

    assertThat(state.failed()).isZero();
    assertThat(state.report()).isEqualTo("3 of 3 tickers are trained");
    assertThat(log.messages())
        .containsExactly("0 of 3 pods are done", "1 of 3 pods are done", "3 of 3 pods are done");
  }

  @Test
  void aBadTickerIsReportedAndDoesNotFailTheOutcome() throws Exception {
    serve(
        look ->
            TrainingObjects.of(failed("0,2", "1"), ended(1, 5, 20, "Error", "done \n" + NO_SUCH)));

    TrainingOutcomeState state = create(PATIENT);

    assertThat(state.failed()).isOne();
    assertThat(state.report())
        .startsWith("1 of 3 tickers not trained:\nNOSUCH: unusable prices (exit code 20): Yahoo")
        .contains("run 'pulumi up' again", "--selector batch.kubernetes.io/job-name=");
  }

  @Test
  void theOutcomeFailsIfTheDefaultTickerIsNotTrained() throws Exception {
    serve(
        look ->
            TrainingObjects.of(
                failed("1,2", "0"), ended(0, 5, 20, "Error", "failed SPY 20 stale prices")));

    failure(PATIENT)
        .hasMessageStartingWith("the API is not rolled out, because SPY")
        .hasMessageContaining("SPY: unusable prices (exit code 20): stale prices");
  }

  @Test
  void onlyTheTickersThatAPodDidNotTrainFail() throws Exception {
    serve(
        look ->
            TrainingObjects.of(
                failed("", "0"), ended(0, 5, 20, "Error", "done SPY,QQQ\n" + NO_SUCH)));

    TrainingOutcomeState state = create(args(List.of("SPY", "NOSUCH", "QQQ"), 1), PATIENT);

    assertThat(state.failed()).isOne();
    assertThat(state.report()).contains("NOSUCH: ").doesNotContain("QQQ");
  }

  @Test
  void aPodThatWasKilledFailsTheTickersThatItHadNotReported() throws Exception {
    serve(look -> TrainingObjects.of(failed("", "0"), ended(0, 5, 137, "OOMKilled", "done SPY\n")));

    TrainingOutcomeState state = create(args(List.of("SPY", "NOSUCH", "QQQ"), 1), PATIENT);

    assertThat(state.failed()).isEqualTo(2);
    assertThat(state.report()).contains("QQQ: the pod", "exit code 137 (OOMKilled)\n");
  }

  @Test
  void withoutAReportTheEndOfTheLogIsQuoted() throws Exception {
    serve(
        look ->
            TrainingObjects.of(
                failed("0,2", "1"), ended(1, 5, 2, "Error", "event=x\n--trees is '0'\n")));

    assertThat(create(PATIENT).report())
        .contains("wrong setting (exit code 2) (Error)", "The end of its log: event=x\n--trees");
  }

  @Test
  void theNewestAttemptCounts() throws Exception {
    serve(
        look ->
            TrainingObjects.of(
                failed("0,2", "1"),
                ended(1, 9, 20, "Error", NO_SUCH),
                ended(1, 5, 10, "Error", "failed NOSUCH 10 no answer"),
                TrainingObjects.endedOfAnotherJob(1, "failed NOSUCH 20 of another Job")));

    assertThat(create(PATIENT).report())
        .contains("Yahoo does not know this symbol")
        .doesNotContain("no answer", "another Job");
  }

  @Test
  void anAttemptThatFailsIsLoggedWhileTheJobRuns() throws Exception {
    serve(
        look ->
            look < 4
                ? TrainingObjects.of(
                    running(1, "", ""),
                    runs(0),
                    ended(1, 5, 10, "Error", "failed NOSUCH 10 Yahoo limits the rate"))
                : TrainingObjects.of(complete("0-2")));

    create(PATIENT);

    assertThat(log.messages())
        .containsOnlyOnce("tried again if time is left: NOSUCH: Yahoo limits the rate");
  }

  @Test
  void afterTheDeadlineEveryTickerThatIsNotDoneIsReported() throws Exception {
    serve(
        look ->
            TrainingObjects.of(
                TrainingObjects.overdue("0"),
                ended(1, 5, 10, "Error", "failed NOSUCH 10 Yahoo limits the rate")));

    assertThat(create(PATIENT).report())
        .contains("2 of 3", "NOSUCH: source of prices unreachable (exit code 10): Yahoo limits")
        .contains("QQQ: its training did not end (DeadlineExceeded: Job was active longer");
  }

  @Test
  void aPodThatNoNodeCanTakeFailsTheOutcomeWithTheSchedulersMessage() throws Exception {
    serve(
        look ->
            TrainingObjects.of(
                running(1, "", ""), unschedulable(0, "0/2 nodes: Insufficient memory")));

    failure(limits(LONG, Duration.ofMillis(300), LONG))
        .hasMessageContaining("no node can take the pod")
        .hasMessageContaining("0/2 nodes: Insufficient memory");
  }

  @Test
  void aPodThatWaitsForTheMemoryOfAnotherIsNoFault() throws Exception {
    serve(
        look ->
            look < 20
                ? TrainingObjects.of(
                    running(2, "", ""), runs(0), unschedulable(1, "0/2 nodes: Insufficient memory"))
                : TrainingObjects.of(complete("0-2")));

    assertThat(create(limits(LONG, Duration.ofMillis(50), LONG)).failed()).isZero();
  }

  @Test
  void aQuotaThatIsUsedUpFailsTheOutcomeWithTheControllersMessage() throws Exception {
    serve(
        look ->
            TrainingObjects.of(running(0, "", ""))
                .with(TrainingObjects.failedCreate("exceeded quota: small")));

    failure(limits(Duration.ofMillis(300), LONG, LONG))
        .hasMessageContaining("Kubernetes cannot create a pod for the Job " + TrainingObjects.NAME)
        .hasMessageContaining("exceeded quota: small");
  }

  @Test
  void aSuspendedJobIsWaitedFor() throws Exception {
    serve(
        look ->
            look < 20
                ? TrainingObjects.of(TrainingObjects.suspended())
                : TrainingObjects.of(complete("0-2")));

    assertThat(create(limits(LONG, LONG, Duration.ofMillis(50))).failed()).isZero();
    assertThat(log.messages()).anyMatch(message -> message.contains("waits for its queue"));
  }

  @Test
  void aJobThatNoControllerStartsFailsTheOutcome() throws Exception {
    TrainingObjects unstarted = TrainingObjects.of(TrainingObjects.suspended());
    unstarted.job().getSpec().setSuspend(null);
    serve(look -> unstarted);

    failure(limits(LONG, LONG, Duration.ofMillis(300)))
        .hasMessageContaining("has not started after")
        .hasMessageContaining("'kubectl --namespace kube-system get pods'");
  }

  @Test
  void theErrorForAMissingJobNamesTheRemedy() throws Exception {
    serve(look -> TrainingObjects.of(complete("0-2")));
    apiServer.refuse(404, Integer.MAX_VALUE);

    failure(PATIENT).hasMessageContaining("has no Job train-").hasMessageContaining("refresh");
  }

  @Test
  void aShortFailureOfTheApiServerDoesNotEndTheWait() throws Exception {
    serve(look -> TrainingObjects.of(complete("0-2")));
    apiServer.refuse(503, 5);

    assertThat(create(PATIENT).failed()).isZero();
  }

  /** The update then ends with an error, and the next one waits again. */
  @Test
  void aCancelledUpdateEndsTheWaitWithAnInterrupt() throws Exception {
    serve(look -> TrainingObjects.of(running(1, "", ""), runs(0)));
    AtomicReference<Exception> end = new AtomicReference<>();
    Thread wait =
        new Thread(
            () -> {
              try {
                create(PATIENT);
              } catch (Exception e) {
                end.set(e);
              }
            });
    wait.start();
    await().until(() -> looks.get() > 2);

    wait.interrupt();

    await().until(() -> end.get() != null);
    assertThat(end.get()).isInstanceOf(InterruptedException.class);
  }

  @Test
  void theCheckFailsWithTheReportIfATickerIsNotTrained() throws Exception {
    TrainingCheckResource check = new TrainingCheckResource();

    assertThat(check.create(new TrainingCheckArgs(0, "all"), log).args().failed()).isZero();
    assertThatThrownBy(() -> check.create(new TrainingCheckArgs(1, "NOSUCH: unknown"), log))
        .isInstanceOf(ResourceException.class)
        .hasMessage("NOSUCH: unknown");
  }

  private static RolloutLimits limits(Duration stuck, Duration unschedulable, Duration noProgress) {
    return new RolloutLimits(
        Duration.ofMillis(20), stuck, unschedulable, noProgress, LONG, LONG, LONG);
  }

  private void serve(IntFunction<TrainingObjects> script) {
    apiServer.answer(
        "/apis/batch/v1/namespaces/%s/jobs/%s"
            .formatted(TrainingObjects.NAMESPACE, TrainingObjects.NAME),
        () -> {
          now = script.apply(looks.incrementAndGet());
          return now.job();
        });
    String core = "/api/v1/namespaces/" + TrainingObjects.NAMESPACE;
    apiServer.answer(core + "/pods", () -> new PodListBuilder().withItems(now.pods()).build());
    apiServer.answer(
        core + "/events", () -> new EventListBuilder().withItems(now.events()).build());
  }

  private TrainingOutcomeState create(RolloutLimits limits) throws Exception {
    return create(args(List.of("SPY", "NOSUCH", "QQQ"), 3), limits);
  }

  private TrainingOutcomeState create(TrainingOutcomeArgs args, RolloutLimits limits)
      throws Exception {
    return new TrainingOutcomeResource(home, limits).create(args, log);
  }

  private TrainingOutcomeArgs args(List<String> tickers, int indexes) throws IOException {
    return new TrainingOutcomeArgs(
        apiServer.kubeconfig(home).toString(),
        null,
        TrainingObjects.NAMESPACE,
        TrainingObjects.NAME,
        "uid",
        tickers,
        indexes,
        "SPY");
  }

  private AbstractThrowableAssert<?, ? extends Throwable> failure(RolloutLimits limits) {
    return assertThatThrownBy(() -> create(limits)).isInstanceOf(ResourceException.class);
  }
}
