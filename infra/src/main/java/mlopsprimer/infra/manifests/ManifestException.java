package mlopsprimer.infra.manifests;

/** The manifests cannot be written. The message says why, and what to do. */
final class ManifestException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ManifestException(String message) {
    super(message);
  }
}
