package mlopsprimer.store;

import java.time.Instant;
import java.util.Objects;

/**
 * Pointer to the version that is served.
 *
 * @param sha256 SHA-256 of the version's model.bin, in hex
 * @param previous version that was the champion before this version; null if there was none
 * @param since time at which the version became the champion
 * @param reason reason for which the version became the champion
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
