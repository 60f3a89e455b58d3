package mlopsprimer.bench;

import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.DoubleStream;
import mlopsprimer.prices.Ticker;
import mlopsprimer.store.ModelStore;
import mlopsprimer.store.ModelVersion;
import mlopsprimer.store.TickerStore;

/**
 * Times reading, verifying and parsing the champion: the first call of this JVM, class loading
 * included, and the median of many more. Prints both, in milliseconds.
 *
 * <p>Arguments: the store and the ticker.
 */
public final class LoadTime {
  private static final int WARM_LOADS = 50;

  private LoadTime() {}

  public static void main(String[] arguments) {
    Path root = Path.of(arguments[0]);
    double cold = millisToLoad(root, arguments[1]);
    double[] warm =
        DoubleStream.generate(() -> millisToLoad(root, arguments[1]))
            .limit(WARM_LOADS)
            .sorted()
            .toArray();
    System.out.printf(Locale.ROOT, "%.3f %.3f%n", cold, warm[WARM_LOADS / 2]);
  }

  private static double millisToLoad(Path root, String symbol) {
    long start = System.nanoTime();
    TickerStore store = new ModelStore(root).ticker(Ticker.of(symbol));
    ModelVersion champion = store.load(store.champion().orElseThrow().version());
    double millis = (System.nanoTime() - start) / 1e6;
    if (champion.model().forest().trees() == 0) {
      throw new IllegalStateException("a champion without trees: " + champion.id());
    }
    return millis;
  }
}
