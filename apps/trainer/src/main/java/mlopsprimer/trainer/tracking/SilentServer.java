package mlopsprimer.trainer.tracking;

/**
 * Counts the tickers in succession for which MLflow did not answer, so that a process with many
 * tickers does not wait for a server that is away once per ticker.
 */
final class SilentServer {
  private static final int MOST = 3;
  private int tickers;

  /** Whether the server is not asked any more. */
  synchronized boolean isGivenUp() {
    return tickers >= MOST;
  }

  synchronized void answered() {
    tickers = 0;
  }

  synchronized void wasSilent() {
    tickers++;
  }
}
