package mlopsprimer.trainer;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mlopsprimer.contract.Ticker;
import mlopsprimer.fixtures.Prices;
import mlopsprimer.storage.DirectoryStorage;
import mlopsprimer.store.ModelStore;
import mlopsprimer.store.TickerStore;

/** The trainer's commands on one store, with a clock that moves by a minute per command. */
final class Trainer {
  private final Path store;
  private final Map<String, String> environment;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private int runs;

  Trainer(Path store, Map<String, String> environment) {
    this.store = store;
    this.environment = new HashMap<>(environment);
    this.environment.put("STORE", store.toString());
  }

  /** Trains a small forest on synthetic prices. Another seed gives another model. */
  int train(String ticker, int seed, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("train", "--source", "sample", "--history", "2y", "--trees", "5", "--seed"));
    arguments.add(String.valueOf(seed));
    arguments.addAll(List.of("--ticker", ticker));
    arguments.addAll(List.of(more));
    return run(arguments.toArray(String[]::new));
  }

  int run(String... arguments) {
    Clock clock = Clock.offset(Prices.MONDAY_NOON, Duration.ofMinutes(++runs));
    return Main.run(
        arguments, environment, clock, new PrintWriter(out, true), new PrintWriter(err, true));
  }

  /** What all commands printed. */
  String printed() {
    return out + "\n" + err;
  }

  TickerStore store(String ticker) {
    return new ModelStore(new DirectoryStorage(store)).ticker(Ticker.of(ticker));
  }

  String champion(String ticker) {
    return store(ticker).champion().orElseThrow().version();
  }
}
