package mlopsprimer.trainer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import mlopsprimer.contract.ExitCode;
import mlopsprimer.contract.Ticker;
import mlopsprimer.contract.TrainingReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The trainings of several tickers, one after the other. A ticker that fails does not stop the
 * tickers after it.
 */
final class Trainings {
  private static final Logger LOG = LoggerFactory.getLogger(Trainings.class);

  /**
   * The codes of failures, the first one that occurred is that of all tickers together. Codes after
   * which another attempt may succeed come first: an Indexed Job then starts the pod again, and the
   * tickers that are done have nothing new.
   */
  private static final List<ExitCode> ORDER =
      List.of(
          ExitCode.STORAGE,
          ExitCode.UNREACHABLE,
          ExitCode.INTERNAL,
          ExitCode.USAGE,
          ExitCode.BAD_DATA);

  private final List<Ticker> done = new ArrayList<>();
  private final List<TrainingReport.Failure> failed = new ArrayList<>();
  private final List<String> messages = new ArrayList<>();

  /**
   * Trains each ticker.
   *
   * @param training trains one ticker, or throws an exception
   * @param reports gets the report after each ticker, so that a process that is killed leaves one
   */
  void run(List<Ticker> tickers, Consumer<Ticker> training, ReportFile reports) {
    for (Ticker ticker : tickers) {
      try {
        training.accept(ticker);
        done.add(ticker);
      } catch (Throwable e) { // an OutOfMemoryError of one ticker is no reason to leave out others
        ExitCode code = FailureExitCodes.logged(e);
        String message = FailureExitCodes.message(e);
        failed.add(new TrainingReport.Failure(ticker, code.status(), message));
        messages.add(tickers.size() == 1 ? message : ticker + ": " + message);
      }
      reports.write(new TrainingReport(done, failed));
    }
    if (tickers.size() > 1) {
      LOG.atInfo()
          .addKeyValue("done", done.size())
          .addKeyValue("failed", failed.size())
          .log("tickers");
    }
  }

  /** The message of each failure, in the order of the tickers. */
  List<String> messages() {
    return List.copyOf(messages);
  }

  /** The exit code of all tickers together. */
  ExitCode code() {
    return ORDER.stream()
        .filter(code -> failed.stream().anyMatch(failure -> failure.status() == code.status()))
        .findFirst()
        .orElse(ExitCode.OK);
  }
}
