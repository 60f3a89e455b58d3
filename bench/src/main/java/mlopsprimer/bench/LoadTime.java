package mlopsprimer.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import mlopsprimer.contract.Sha256;
import mlopsprimer.contract.Ticker;
import mlopsprimer.forest.Forest;
import mlopsprimer.forest.ModelFormat;
import mlopsprimer.store.ModelStore;
import mlopsprimer.store.TickerStore;

/**
 * Measures the time to load a model. The program prints two times in milliseconds: the time of the
 * first call in this JVM, which includes class loading, and the median of 50 more calls.
 *
 * <p>Arguments: {@code model FILE SHA256} reads, verifies and parses one model.bin; {@code store
 * ROOT TICKER} reads champion.json, and then the version that it names, as the API does.
 */
public final class LoadTime {
  private static final int MORE = 50;

  private LoadTime() {}

  public static void main(String[] arguments) throws IOException {
    double first = millisToLoad(arguments);
    double[] more = new double[MORE];
    for (int i = 0; i < MORE; i++) {
      more[i] = millisToLoad(arguments);
    }
    Arrays.sort(more);
    System.out.println(first + " " + more[MORE / 2]);
  }

  // This method uses no lambda: the JVM would load its classes for lambdas before the clock starts.
  private static double millisToLoad(String[] arguments) throws IOException {
    long start = System.nanoTime();
    Forest forest =
        arguments[0].equals("model")
            ? model(Path.of(arguments[1]), arguments[2])
            : champion(Path.of(arguments[1]), arguments[2]);
    double millis = (System.nanoTime() - start) / 1e6;
    if (forest.trees() == 0) {
      throw new IllegalStateException("the model has no trees");
    }
    return millis;
  }

  private static Forest model(Path file, String sha256) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    if (!Sha256.hex(bytes).equals(sha256)) {
      throw new IllegalStateException(
          "the SHA-256 of the model is not the SHA-256 in the arguments: " + file);
    }
    return ModelFormat.read(bytes).forest();
  }

  private static Forest champion(Path root, String symbol) {
    TickerStore store = new ModelStore(root).ticker(Ticker.of(symbol));
    return store.load(store.champion().orElseThrow().version()).model().forest();
  }
}
