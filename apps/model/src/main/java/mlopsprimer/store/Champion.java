package mlopsprimer.store;

import java.time.Instant;
import java.util.Objects;

/**
 * The pointer to the version that is served.
 *
 * @param sha256 of its model.bin
 * @param previous the version served before, or null
 * @param reason why it became the champion
 */
public record Champion(
    String version, String sha256, String previous, Instant since, String reason) {
  public Champion {
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(sha256, "sha256");
    Objects.requireNonNull(since, "since");
    Objects.requireNonNull(reason, "reason");
    VersionId.check(version);
    if (previous != null) {
      VersionId.check(previous);
    }
  }
}
