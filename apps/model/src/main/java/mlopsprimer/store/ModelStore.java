package mlopsprimer.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mlopsprimer.contract.Ticker;

/**
 * The model store, a directory that has one directory per ticker. Any number of processes may read
 * while one process writes, because a writer replaces a file only by a rename.
 *
 * <pre>
 * TICKER/versions/ID/{model.bin, manifest.json, out-of-fold.csv}   immutable
 * TICKER/champion.json        pointer to the version that is served
 * TICKER/latest.json          newest feature row of each feature schema
 * TICKER/predictions.jsonl    forecasts and their outcomes
 * TICKER/realised.json        scores of the forecasts with a known outcome
 * </pre>
 */
public record ModelStore(Path root) {

  public TickerStore ticker(Ticker ticker) {
    return new TickerStore(ticker, root.resolve(ticker.directoryName()));
  }

  /**
   * Lists the tickers that have a directory, in alphabetical order. The list is empty if the store
   * does not exist.
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
    } catch (UncheckedIOException e) {
      throw StorageException.of("list the store", root, e.getCause());
    }
  }

  /** Ticker of a directory; empty if the directory is not that of a ticker, such as lost+found. */
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
