package mlopsprimer.api.serving;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import mlopsprimer.contract.StorageLocation;
import mlopsprimer.contract.Ticker;
import mlopsprimer.storage.S3Options;
import mlopsprimer.storage.Storages;
import mlopsprimer.store.ModelStore;
import mlopsprimer.store.OldLayout;

/**
 * The store that the API follows, and how.
 *
 * @param period time between two polls. The store is polled because neither a volume that other
 *     nodes write to nor S3 sends notifications of changes.
 * @param first ticker that is read before the others, because the API is ready when it has it
 * @param ofOldLayout tickers that the trainer still has to move to the layout of the store
 */
public record FollowedStore(
    ModelStore store, Duration period, Ticker first, Supplier<List<Ticker>> ofOldLayout) {

  /** A poll of a directory takes one stat of every pointer. */
  private static final Duration PERIOD_OF_DIRECTORY = Duration.ofMillis(500);

  /**
   * A poll of S3 takes two requests, which are fewer than one a second, and a new champion is
   * served within three seconds.
   */
  private static final Duration PERIOD_OF_BUCKET = Duration.ofMillis(2250);

  /**
   * Opens the store at a location. Nothing is read yet.
   *
   * @param options how S3 is reached, if the location is a bucket
   */
  public static FollowedStore open(StorageLocation location, S3Options options, Ticker first) {
    ModelStore store = new ModelStore(Storages.open(location, options));
    return location instanceof StorageLocation.Directory directory
        ? new FollowedStore(
            store, PERIOD_OF_DIRECTORY, first, new OldLayout(directory.path())::tickers)
        : new FollowedStore(store, PERIOD_OF_BUCKET, first, List::of);
  }
}
