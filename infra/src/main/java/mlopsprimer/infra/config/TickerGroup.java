package mlopsprimer.infra.config;

import java.util.List;
import java.util.Optional;
import mlopsprimer.contract.Ticker;

/**
 * Tickers that one Indexed Job trains.
 *
 * @param name the name of the group: that of an exchange, or empty for all tickers of the stack
 * @param tickers the tickers, in the order of the setting
 * @param indexes number of pods that share the tickers
 * @param fetchers largest number of pods, of all Jobs that can run at the same time, that share the
 *     rate of requests to Yahoo
 */
public record TickerGroup(String name, List<Ticker> tickers, int indexes, int fetchers) {
  /** Largest number of tickers for which each ticker has a pod of its own. */
  private static final int FEW = 10;

  /**
   * Number of tickers of a pod, if there are more than a few. The start of a pod costs as much time
   * of the processor as the training of two or three tickers.
   */
  private static final int A_POD = 25;

  /** Least number of tickers for which another pod is worth its start. */
  private static final int WORTH_A_POD = 10;

  private static final int MOST_PODS = 100;

  public TickerGroup {
    tickers = List.copyOf(tickers);
  }

  /**
   * Number of pods for a number of tickers.
   *
   * @param perPod most tickers of a pod; empty for 1 up to ten tickers, and about 25 above. Then
   *     the number of pods is a multiple of {@code parallelism}, so that all of them end at about
   *     the same time, unless a pod would have less than ten tickers; and there are at most 100
   *     pods.
   * @param parallelism number of pods that can run at the same time
   */
  static int indexes(int tickers, Optional<Integer> perPod, int parallelism) {
    return perPod
        .map(each -> ceiling(tickers, each))
        .orElseGet(() -> tickers <= FEW ? tickers : pods(tickers, parallelism));
  }

  private static int pods(int tickers, int parallelism) {
    int rounds = ceiling(ceiling(tickers, A_POD), parallelism);
    int most = Math.min(MOST_PODS, ceiling(tickers, WORTH_A_POD));
    return Math.min(rounds * parallelism, most);
  }

  private static int ceiling(int number, int divisor) {
    return (number + divisor - 1) / divisor;
  }
}
