package mlopsprimer.api.registry;

/** MLflow does not answer, or answers what cannot be read. */
final class RegistryAwayException extends RuntimeException {
  private static final long serialVersionUID = 1;

  RegistryAwayException(String message, Throwable cause) {
    super(message, cause);
  }
}
