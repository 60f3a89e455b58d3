package mlopsprimer.store;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import mlopsprimer.contract.Ticker;
import mlopsprimer.storage.Storage;
import mlopsprimer.storage.StorageException;

/**
 * The model store. Any number of processes may read and write it at the same time: an object is
 * replaced as a whole, and only if it has not changed since the writer read it.
 *
 * <pre>
 * champions/TICKER.json       pointer to the version that is served
 * latest/TICKER.json          newest feature row of each feature schema
 * realised/TICKER.json        scores of the forecasts with a known outcome
 * forecasts/TICKER.jsonl      forecasts and their outcomes
 * versions/TICKER/ID/{model.bin, out-of-fold.csv, model.onnx, manifest.json}   never changed
 * </pre>
 *
 * <p>TICKER is the symbol, percent-encoded. A version exists once its manifest.json, which is
 * written last, exists.
 */
public record ModelStore(Storage storage) {
  public ModelStore {
    Objects.requireNonNull(storage, "storage");
  }

  public TickerStore ticker(Ticker ticker) {
    return new TickerStore(storage, ticker);
  }

  /**
   * Lists the tickers that have a champion or a feature row, in alphabetical order.
   *
   * @throws StorageException if the storage cannot be listed
   */
  public List<Ticker> tickers() {
    return List.copyOf(tags().keySet());
  }

  /**
   * Reads the tags of all tickers with one listing of the champions and one of the newest rows. A
   * reader compares them with the tags that it read before, and reads only the tickers whose tags
   * have changed.
   *
   * @throws StorageException if the storage cannot be listed
   */
  public SortedMap<Ticker, PointerTags> tags() {
    SortedMap<Ticker, PointerTags> tags = new TreeMap<>();
    add(ObjectKeys.CHAMPIONS, tags, PointerTags::withChampion);
    add(ObjectKeys.LATEST, tags, PointerTags::withLatest);
    return Collections.unmodifiableSortedMap(tags);
  }

  private void add(
      String folder,
      SortedMap<Ticker, PointerTags> tags,
      BiFunction<PointerTags, String, PointerTags> with) {
    for (Storage.Listed object : storage.list(folder)) {
      ObjectKeys.tickerOf(object.key(), folder)
          .ifPresent(
              ticker ->
                  tags.put(
                      ticker,
                      with.apply(tags.getOrDefault(ticker, PointerTags.NONE), object.tag())));
    }
  }
}
