package mlopsprimer.api.registry;

import java.util.Objects;
import mlopsprimer.store.Champion;

/**
 * What was decided for a ticker.
 *
 * @param pointer the pointer as it was last read
 * @param alias what the alias names; null if there is none
 * @param byAlias whether the alias decides what is served
 * @param problem why the version that the alias names cannot be served; empty if there is no
 *     problem
 * @param atNanos {@link System#nanoTime} of the decision
 */
record Decision(
    Champion pointer, NamedVersion alias, boolean byAlias, String problem, long atNanos) {
  Decision {
    Objects.requireNonNull(pointer, "pointer");
    Objects.requireNonNull(problem, "problem");
  }

  /** The decision for the pointer, because the version that the alias names could not be read. */
  Decision refused(String why) {
    return new Decision(pointer, alias, false, why, atNanos);
  }

  boolean isOf(NamedVersion other) {
    return Objects.equals(alias, other);
  }

  /** Whether both decisions lead to the same version, if the pointer has not moved. */
  boolean isSameVersion(Decision other) {
    return byAlias == other.byAlias
        && (!byAlias
            || (alias.version().equals(other.alias.version())
                && alias.sha256().equals(other.alias.sha256())));
  }

  AliasUse use() {
    return new AliasUse(alias == null ? 0 : alias.number(), byAlias, problem);
  }
}
