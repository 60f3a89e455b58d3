package mlopsprimer.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mlopsprimer.contract.Ticker;
import mlopsprimer.storage.StorageException;

/**
 * A directory in which older versions of this program keep a model store, with one directory per
 * ticker:
 *
 * <pre>
 * TICKER/versions/ID/{model.bin, manifest.json, out-of-fold.csv}
 * TICKER/champion.json, TICKER/latest.json, TICKER/predictions.jsonl, TICKER/realised.json
 * </pre>
 *
 * <p>The first command of the trainer that opens such a directory takes it over: {@link #takeOver}
 * moves the content to the layout of {@link ModelStore}. The API only reads, and does not serve
 * these tickers until then.
 */
public final class OldLayout {
  static final String CHAMPION = "champion.json";
  static final String VERSIONS = "versions";

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Path root;
  private final Runnable beforeStep;

  public OldLayout(Path root) {
    this(root, () -> {});
  }

  /**
   * @param beforeStep runs before each change, so that a test can stop there
   */
  OldLayout(Path root, Runnable beforeStep) {
    this.root = root;
    this.beforeStep = beforeStep;
  }

  /**
   * Lists the tickers that have a champion in this layout, in alphabetical order.
   *
   * @throws StorageException if the directory cannot be listed
   */
  public List<Ticker> tickers() {
    return directories().stream()
        .filter(ticker -> Files.exists(directory(ticker).resolve(CHAMPION)))
        .toList();
  }

  /**
   * Moves all tickers to the layout of {@link ModelStore}. A run that was killed in the middle
   * leaves a store that the next run completes. What the new layout has already is kept: its
   * champion stays, and rows and log lines are merged into it.
   *
   * @param store a store in the same directory
   * @return the tickers that were moved
   * @throws StorageException if a file cannot be read or written, or if a program of an older
   *     version is writing and does not end within a minute
   */
  public List<Ticker> takeOver(ModelStore store) {
    List<Ticker> tickers = directories();
    for (Ticker ticker : tickers) {
      Path directory = directory(ticker);
      try (OldLock lock = OldLock.acquire(directory, PATIENCE)) {
        if (lock.isHeld()) {
          new TakeOver(directory, store.ticker(ticker), beforeStep).run();
        }
      } catch (IOException e) {
        throw StorageException.of("take over the older layout", directory, e);
      } catch (UncheckedIOException e) {
        throw StorageException.of("take over the older layout", directory, e.getCause());
      }
    }
    return tickers;
  }

  private List<Ticker> directories() {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(root)) {
      return entries
          .filter(OldLayout::isOne)
          .map(entry -> ObjectKeys.tickerNamed(entry.getFileName().toString()))
          .flatMap(Optional::stream)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw StorageException.of("list the store", root, e);
    } catch (UncheckedIOException e) {
      throw StorageException.of("list the store", root, e.getCause());
    }
  }

  private static boolean isOne(Path directory) {
    return Files.exists(directory.resolve(CHAMPION))
        || Files.isDirectory(directory.resolve(VERSIONS))
        || Files.exists(directory.resolve(OldLock.FILE));
  }

  private Path directory(Ticker ticker) {
    return root.resolve(ticker.directoryName());
  }
}
