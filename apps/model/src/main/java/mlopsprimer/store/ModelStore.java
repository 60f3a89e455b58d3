package mlopsprimer.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mlopsprimer.contract.Ticker;

/**
 * A directory of models, one directory a ticker. Any number may read while one writes: what readers
 * follow is replaced by renames only.
 *
 * <pre>
 * TICKER/versions/ID/{model.bin, manifest.json, out-of-fold.csv}   immutable
 * TICKER/champion.json        the version that is served
 * TICKER/latest.json          the newest feature row of each feature schema
 * TICKER/predictions.jsonl    forecasts and their outcomes
 * </pre>
 */
public record ModelStore(Path root) {

  public TickerStore ticker(Ticker ticker) {
    return new TickerStore(ticker, root.resolve(ticker.directoryName()));
  }

  /**
   * The tickers that have a directory, in order; none if the store does not exist yet.
   *
   * @throws StorageException if the directory cannot be listed
   */
  public List<Ticker> tickers() {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(root)) {
      return entries
          .filter(Files::isDirectory)
          .map(ModelStore::tickerOf)
          .flatMap(Optional::stream)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw StorageException.of("list the store", root, e);
    }
  }

  /** Empty for a directory that is not ours, such as a file system's lost+found. */
  private static Optional<Ticker> tickerOf(Path directory) {
    try {
      String name = directory.getFileName().toString();
      Ticker ticker = Ticker.ofDirectoryName(name);
      return ticker.directoryName().equals(name) ? Optional.of(ticker) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
