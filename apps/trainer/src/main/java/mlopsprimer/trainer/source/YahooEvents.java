package mlopsprimer.trainer.source;

import java.util.Map;
import java.util.TreeMap;

/**
 * The events in an answer of Yahoo's chart endpoint. The records have the structure of its JSON.
 */
record YahooEvents(Map<String, Split> splits) {
  record Split(Long date, Double numerator, Double denominator) {
    private boolean isWhole() {
      return date != null
          && numerator != null
          && denominator != null
          && numerator > 0
          && denominator > 0;
    }
  }

  /** Factor of each split, by its time in seconds since 1970: 4 for a split of 4:1. */
  Map<Long, Double> factors() {
    Map<Long, Double> factors = new TreeMap<>();
    if (splits != null) {
      splits.values().stream()
          .filter(split -> split != null && split.isWhole())
          .forEach(split -> factors.put(split.date(), split.numerator() / split.denominator()));
    }
    return factors;
  }
}
