package mlopsprimer.nodeprovider.rollout;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import mlopsprimer.nodeprovider.rpc.ResourceException;

/** Remembers since when each fault lasts, from one snapshot to the next. */
public final class LastingFaults {
  /** The {@link System#nanoTime} at which each fault was first found, by the fault's subject. */
  private final Map<String, Long> since = new HashMap<>();

  /**
   * Fails if a fault has lasted longer than its grace.
   *
   * @param now all faults of the newest snapshot
   */
  public void require(List<Fault> now) throws ResourceException {
    since.keySet().retainAll(now.stream().map(Fault::subject).collect(Collectors.toSet()));
    for (Fault fault : now) {
      long first = since.computeIfAbsent(fault.subject(), subject -> System.nanoTime());
      if (System.nanoTime() - first >= fault.grace().toNanos()) {
        throw new ResourceException(fault.message());
      }
    }
  }
}
