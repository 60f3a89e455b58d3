package mlopsprimer.nodeprovider.training;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mlopsprimer.contract.ExitCode;
import mlopsprimer.contract.Ticker;
import mlopsprimer.contract.TrainingReport;

/** The tickers that a Job which has ended did not train. */
final class TickerFailures {
  /** Largest number of failures that the report has one by one. */
  private static final int MOST_LINES = 20;

  /** Largest number of characters of the end of a log. */
  private static final int MOST_WORDS = 600;

  private final TrainingOutcomeArgs args;
  private final List<Failure> failures = new ArrayList<>();

  /**
   * A ticker that is not trained.
   *
   * @param why the reason, as a clause
   */
  private record Failure(Ticker ticker, String why) {
    @Override
    public String toString() {
      return ticker + ": " + why;
    }
  }

  private TickerFailures(TrainingOutcomeArgs args) {
    this.args = args;
  }

  static TickerFailures of(TrainingSnapshot end, TrainingOutcomeArgs args) {
    TickerFailures failures = new TickerFailures(args);
    BitSet completed = end.completed();
    for (int index = 0; index < args.indexes(); index++) {
      if (!completed.get(index)) {
        failures.add(args.tickersOf(index), end.newestFailure(index), end);
      }
    }
    return failures;
  }

  private void add(List<Ticker> tickers, Optional<Pod> pod, TrainingSnapshot end) {
    String otherwise =
        pod.map(TickerFailures::end)
            .orElseGet(
                () ->
                    "its training did not end (%s)"
                        .formatted(end.failure().orElse("the Job has no pod of it")));
    TrainingReport report = TrainingReport.parse(pod.map(TickerFailures::message).orElse(""));
    for (Ticker ticker : tickers) {
      if (!report.done().contains(ticker)) {
        failures.add(
            new Failure(
                ticker,
                report.failed().stream()
                    .filter(failure -> failure.ticker().equals(ticker))
                    .map(failure -> code(failure.status()) + ": " + failure.words())
                    .findFirst()
                    .orElse(otherwise)));
      }
    }
  }

  /** How a pod ended, for a ticker that the pod did not report. */
  private static String end(Pod pod) {
    return TrainingSnapshot.endOf(pod)
        .map(
            end ->
                "the pod %s ended with %s (%s)%s"
                    .formatted(
                        pod.getMetadata().getName(),
                        code(end.getExitCode()),
                        end.getReason(),
                        lastWords(end)))
        .orElseGet(
            () ->
                "the pod %s was lost: %s"
                    .formatted(
                        pod.getMetadata().getName(),
                        Stream.of(pod.getStatus().getReason(), pod.getStatus().getMessage())
                            .filter(Objects::nonNull)
                            .collect(Collectors.joining(", "))));
  }

  private static String lastWords(ContainerStateTerminated end) {
    String words = Objects.requireNonNullElse(end.getMessage(), "").strip();
    if (words.isEmpty() || !TrainingReport.parse(words).equals(TrainingReport.parse(""))) {
      return "";
    }
    return ". The end of its log: " + words.substring(Math.max(0, words.length() - MOST_WORDS));
  }

  /** A clause about a failed pod, for a message of progress. */
  static String ofPod(Pod pod) {
    List<TrainingReport.Failure> failed = TrainingReport.parse(message(pod)).failed();
    return failed.isEmpty()
        ? end(pod)
        : failed.stream()
            .map(failure -> failure.ticker() + ": " + failure.words())
            .collect(Collectors.joining("; "));
  }

  private static String message(Pod pod) {
    return TrainingSnapshot.endOf(pod).map(ContainerStateTerminated::getMessage).orElse("");
  }

  private static String code(int status) {
    return ExitCode.of(status)
        .map(code -> "%s (exit code %d)".formatted(code.meaning(), status))
        .orElse("exit code " + status);
  }

  /** Number of tickers that are not trained. */
  int number() {
    return failures.size();
  }

  boolean contain(String symbol) {
    return failures.stream().anyMatch(failure -> failure.ticker().equals(Ticker.of(symbol)));
  }

  /** Which tickers are not trained, why, and what to do. */
  String report() {
    int all = args.tickers().size();
    if (failures.isEmpty()) {
      return "%d of %d tickers are trained".formatted(all, all);
    }
    String lines =
        failures.stream()
            .limit(MOST_LINES)
            .map(failure -> failure + "\n")
            .collect(Collectors.joining());
    String more =
        failures.size() > MOST_LINES
            ? "and %d more tickers\n".formatted(failures.size() - MOST_LINES)
            : "";
    return "%d of %d tickers not trained:\n%s%s%s"
        .formatted(failures.size(), all, lines, more, remedy());
  }

  private String remedy() {
    return "Correct the cause, or take the ticker off the list, then run 'pulumi up' again, which trains only what is new. The whole logs: kubectl --namespace %s logs --selector batch.kubernetes.io/job-name=%s --tail=-1 --prefix"
        .formatted(args.namespace(), args.job());
  }
}
