package mlopsprimer.mlflow;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** What a request tells an MLflow server about its sender. The text form does not show it. */
public final class MlflowCredentials {
  /** For a server that asks for none. */
  public static final MlflowCredentials NONE = new MlflowCredentials(null);

  private static final String USERNAME = "MLFLOW_TRACKING_USERNAME";
  private static final String PASSWORD = "MLFLOW_TRACKING_PASSWORD";
  private static final String TOKEN = "MLFLOW_TRACKING_TOKEN";

  private final String header;

  private MlflowCredentials(String header) {
    this.header = header;
  }

  /**
   * The credentials in the variables that MLflow's own programs read: a user name and a password,
   * or else a token.
   *
   * @param environment the variables of the process
   */
  public static MlflowCredentials of(Map<String, String> environment) {
    Optional<String> username = variable(environment, USERNAME);
    Optional<String> password = variable(environment, PASSWORD);
    if (username.isPresent() && password.isPresent()) {
      byte[] pair = (username.get() + ":" + password.get()).getBytes(UTF_8);
      return new MlflowCredentials("Basic " + Base64.getEncoder().encodeToString(pair));
    }
    return variable(environment, TOKEN)
        .map(token -> new MlflowCredentials("Bearer " + token))
        .orElse(NONE);
  }

  private static Optional<String> variable(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }

  /** Value of the header Authorization; empty if there are no credentials. */
  Optional<String> header() {
    return Optional.ofNullable(header);
  }

  @Override
  public String toString() {
    return header == null ? "none" : "given";
  }
}
