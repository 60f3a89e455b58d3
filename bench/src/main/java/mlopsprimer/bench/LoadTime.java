package mlopsprimer.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import mlopsprimer.contract.Sha256;
import mlopsprimer.contract.Ticker;
import mlopsprimer.forest.Forest;
import mlopsprimer.forest.ModelFormat;
import mlopsprimer.storage.DirectoryStorage;
import mlopsprimer.store.ModelStore;
import mlopsprimer.store.TickerStore;

/**
 * Measures how long a model takes to load. Prints two numbers in milliseconds: the first load in
 * this JVM, which includes class loading, and the median of 50 more loads.
 *
 * <p>Arguments: {@code model FILE SHA256} reads, verifies and parses one model.bin; {@code store
 * ROOT TICKER} reads the files that the API reads: the pointer, the manifest and the model.
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

  // A lambda here would load classes before the clock starts.
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
      throw new IllegalStateException("%s does not have the SHA-256 %s".formatted(file, sha256));
    }
    return ModelFormat.read(bytes).forest();
  }

  private static Forest champion(Path root, String symbol) {
    TickerStore store = new ModelStore(new DirectoryStorage(root)).ticker(Ticker.of(symbol));
    return store.load(store.champion().orElseThrow().version()).model().forest();
  }
}
