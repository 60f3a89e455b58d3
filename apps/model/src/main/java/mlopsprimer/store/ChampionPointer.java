package mlopsprimer.store;

import java.util.Optional;

/**
 * The champion pointer of a ticker at one time. A writer gives it back with the decision that it
 * based on it, so that the decision counts only if the pointer has not changed since.
 */
public final class ChampionPointer {
  private final String tag;
  private final Champion champion;
  private final UnreadableObjectException problem;

  private ChampionPointer(String tag, Champion champion, UnreadableObjectException problem) {
    this.tag = tag;
    this.champion = champion;
    this.problem = problem;
  }

  static ChampionPointer absent() {
    return new ChampionPointer(null, null, null);
  }

  static ChampionPointer to(Champion champion, String tag) {
    return new ChampionPointer(tag, champion, null);
  }

  static ChampionPointer unreadable(UnreadableObjectException problem, String tag) {
    return new ChampionPointer(tag, null, problem);
  }

  /** Whether no version was promoted yet. */
  public boolean isAbsent() {
    return tag == null && problem == null;
  }

  /**
   * The champion; empty if no version was promoted yet.
   *
   * @throws UnreadableObjectException if the pointer does not have the form that the store writes
   */
  public Optional<Champion> champion() {
    if (problem != null) {
      throw problem;
    }
    return Optional.ofNullable(champion);
  }

  /** The champion; empty if there is none, or if the pointer cannot be read. */
  Optional<Champion> readable() {
    return Optional.ofNullable(champion);
  }

  /** Tag of the pointer; null if there is no pointer. */
  String tag() {
    return tag;
  }
}
