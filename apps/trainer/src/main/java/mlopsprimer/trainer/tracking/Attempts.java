package mlopsprimer.trainer.tracking;

import java.util.Optional;
import mlopsprimer.contract.BaseUrl;
import mlopsprimer.contract.Ticker;
import mlopsprimer.mlflow.MlflowException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Things that are tried for one ticker. A failure is a line in the log and nothing else, because a
 * training counts without MLflow too.
 */
final class Attempts {
  private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

  private final BaseUrl server;
  private final Ticker ticker;
  private final SilentServer silence;
  private boolean failed;

  Attempts(BaseUrl server, Ticker ticker, SilentServer silence) {
    this.server = server;
    this.ticker = ticker;
    this.silence = silence;
  }

  /**
   * Tries something.
   *
   * @param what what is not done if it fails
   * @param later how it is made up for
   * @return why it failed; empty if it is done
   */
  Optional<String> attempt(String what, String later, Runnable attempt) {
    if (silence.isGivenUp()) {
      return Optional.of(warn(what, later, "MLflow did not answer for other tickers"));
    }
    try {
      attempt.run();
      silence.answered();
      return Optional.empty();
    } catch (RuntimeException e) { // the client, the bucket of the artifacts, or the store
      boolean isSilence =
          e instanceof MlflowException failure
              && failure.kind() == MlflowException.Kind.UNREACHABLE;
      if (isSilence && !failed) {
        silence.wasSilent();
        failed = true;
      }
      return Optional.of(warn(what, later, String.valueOf(e.getMessage())));
    }
  }

  private String warn(String what, String later, String cause) {
    LOG.atWarn()
        .addKeyValue("ticker", ticker)
        .addKeyValue("server", server)
        .addKeyValue("missing", what)
        .addKeyValue("cause", cause)
        .addKeyValue("advice", later)
        .log("mlflow-incomplete");
    return cause;
  }
}
