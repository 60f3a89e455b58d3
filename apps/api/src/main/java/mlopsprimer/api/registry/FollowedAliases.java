package mlopsprimer.api.registry;

import java.time.Duration;
import mlopsprimer.api.serving.ChampionReader;
import mlopsprimer.api.serving.Metrics;
import mlopsprimer.contract.BaseUrl;
import mlopsprimer.mlflow.MlflowConnection;
import mlopsprimer.mlflow.MlflowCredentials;
import mlopsprimer.mlflow.MlflowTimeouts;
import mlopsprimer.mlflow.ModelRegistry;

/**
 * The aliases in MLflow that the API follows beside the store. The champion pointer of the store is
 * the record; the alias decides where a person moved it after the pointer.
 */
public final class FollowedAliases implements AutoCloseable {
  /** An alias that a person moves is served within 5 s: this time, and a reading of the store. */
  private static final Duration PERIOD = Duration.ofSeconds(2);

  /** A version that an alias names and that the store does not have may be copied into it. */
  private static final Duration RETRY = Duration.ofSeconds(30);

  /** An MLflow that takes longer must not delay the start of the API. */
  private static final Duration FIRST_LOOK = Duration.ofSeconds(2);

  private final AliasSource source;
  private final Duration period;
  private final AliasBoard board = new AliasBoard();
  private final AliasReader reader;
  private AliasPoller poller;

  FollowedAliases(AliasSource source, Metrics metrics, Duration period) {
    this.source = source;
    this.period = period;
    AliasGauges gauges = new AliasGauges(board);
    metrics.add(gauges);
    this.reader = new AliasReader(board, gauges, RETRY);
  }

  /**
   * The aliases of an MLflow server. Nothing is asked yet.
   *
   * @param metrics shows from now on what becomes of the aliases
   */
  public static FollowedAliases open(BaseUrl uri, Metrics metrics) {
    MlflowConnection connection =
        new MlflowConnection(uri, MlflowCredentials.of(System.getenv()), MlflowTimeouts.OF_READER);
    return new FollowedAliases(new MlflowAliases(new ModelRegistry(connection)), metrics, PERIOD);
  }

  /** Serves what the alias names where it decides. */
  public ChampionReader champions() {
    return reader;
  }

  /**
   * Starts to follow the aliases, and waits a short time for the first answer, so that the first
   * forecast of the API is of the right version.
   *
   * @param onNews is called after every poll that brought news; it must not wait
   */
  public void start(Runnable onNews) {
    poller = new AliasPoller(source, board, period, onNews);
    poller.start();
    poller.awaitFirstLook(FIRST_LOOK);
  }

  @Override
  public void close() {
    if (poller != null) {
      poller.close();
    }
  }
}
