package mlopsprimer.api.registry;

import mlopsprimer.store.Champion;

/**
 * Whether the alias or the champion pointer of one ticker decides what is served. The pointer is
 * the record: the alias decides only if a person moved it, and only until the pointer moves.
 *
 * <ul>
 *   <li>The trainer moves the pointer first. So an alias that names what the pointer names, or what
 *       the trainer last set it to, is equal or older, unless it was seen to move there without the
 *       trainer.
 *   <li>Any other alias decides from when it is first seen, against the pointer of that time.
 *   <li>If the pointer moves after that, the pointer decides until the alias names another version.
 * </ul>
 */
final class AliasPrecedence {
  private NamedVersion last;
  private String older;
  private String deciding;
  private Champion overruled;

  /**
   * Takes note of a pointer and of a usable alias, and tells whether the alias decides.
   *
   * @param pointer the pointer as it was last read
   */
  boolean decides(NamedVersion alias, Champion pointer) {
    String version = alias.version();
    boolean isTrainers = alias.isOfTrainer() && !isMovedByPerson(alias);
    last = alias;
    if (version.equals(pointer.version()) || isTrainers) {
      settle(version);
    }
    if (version.equals(older)) {
      return false;
    }
    if (!version.equals(deciding)) {
      older = null;
      deciding = version;
      overruled = pointer;
    } else if (!pointer.equals(overruled)) {
      settle(version);
    }
    return deciding != null;
  }

  /** The trainer would have changed its mark with the alias. */
  private boolean isMovedByPerson(NamedVersion alias) {
    return last != null
        && last.mark().equals(alias.mark())
        && (!last.version().equals(alias.version()) || alias.version().equals(deciding));
  }

  /** Takes note that there is no usable alias. The next one is seen for the first time. */
  void forget() {
    last = null;
    settle(null);
  }

  private void settle(String version) {
    older = version;
    deciding = null;
    overruled = null;
  }
}
