package mlopsprimer.infra.config;

import java.util.Optional;
import mlopsprimer.contract.BaseUrl;
import mlopsprimer.contract.Format;

/**
 * Which MLflow server keeps the runs and the registered models of the stack.
 *
 * @param server the URL of a server that exists; only for the kind {@link Kind#EXISTING}
 */
public record MlflowChoice(Kind kind, Optional<BaseUrl> server) {
  /** The kinds of servers. */
  public enum Kind {
    /** No server. */
    NONE("false"),
    /** A server of the stack's own. */
    OWN("true"),
    /** A server that exists. */
    EXISTING("http");

    private final String text;

    Kind(String text) {
      this.text = text;
    }
  }

  static final Format<MlflowChoice> FORMAT =
      new Format<>(
          "true, false or the URL of an MLflow server, such as https://mlflow.example.com, without"
              + " user, query and fragment",
          MlflowChoice::of,
          MlflowChoice::text);

  private static MlflowChoice of(String text) {
    for (Kind kind : new Kind[] {Kind.NONE, Kind.OWN}) {
      if (text.equals(kind.text)) {
        return new MlflowChoice(kind, Optional.empty());
      }
    }
    return new MlflowChoice(Kind.EXISTING, Optional.of(BaseUrl.of(text)));
  }

  private String text() {
    return server.map(BaseUrl::toString).orElse(kind.text);
  }

  /** Whether the stack runs a server itself. */
  public boolean isOwn() {
    return kind == Kind.OWN;
  }
}
