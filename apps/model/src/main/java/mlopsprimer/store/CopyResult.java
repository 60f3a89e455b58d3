package mlopsprimer.store;

import java.util.List;
import java.util.Optional;
import mlopsprimer.contract.Ticker;

/**
 * What the copying of a store did for one ticker.
 *
 * @param copied number of versions that were copied
 * @param present number of versions that the destination had
 * @param damaged versions of the source that are not intact, and were left out
 * @param champion what was done with the champion
 * @param problem what the user should do; empty if the ticker was copied whole
 */
public record CopyResult(
    Ticker ticker,
    int copied,
    int present,
    List<String> damaged,
    ChampionCopy champion,
    Optional<String> problem) {

  /** What was done with the champion. */
  public enum ChampionCopy {
    /** The source has none. */
    NONE,
    /** The destination had the same champion. */
    SAME,
    /** The champion of the source is the champion of the destination now. */
    COPIED,
    /** The destination has another champion, which is not older. */
    KEPT,
    /** The champion of the source is damaged. */
    DAMAGED
  }
}
