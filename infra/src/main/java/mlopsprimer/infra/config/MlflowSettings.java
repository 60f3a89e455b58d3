package mlopsprimer.infra.config;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import mlopsprimer.contract.Format;
import mlopsprimer.contract.Setting;
import mlopsprimer.contract.SettingGroup;

/** The MLflow server of the stack, and how it is reached. */
public final class MlflowSettings {
  private static final String HOST = "[a-zA-Z0-9]([a-zA-Z0-9.-]{0,250}[a-zA-Z0-9])?(:[0-9]{1,5})?";

  /** Not the text that takes the place of a wrong secret, which must stay wrong. */
  private static final String VISIBLE = "(?!\\(hidden\\)$)[!-~]{1,500}";

  private static final int POSTGRESQL = 5432;

  public static final Setting<MlflowChoice> MLFLOW =
      new Setting<>(
          "mlflow",
          MlflowChoice.FORMAT,
          "false",
          "Whether the trainings are recorded in MLflow: true for an MLflow server of the stack's own,"
              + " or the URL of a server that exists.");

  public static final Setting<Optional<String>> IMAGE =
      new Setting<>(
          "mlflow-image",
          Word.matchingOrNone(
              "tar:///\\S+|" + ImageSettings.BY_DIGEST,
              "tar:///FILE or an image by its digest, NAME@sha256:DIGEST"),
          Word.NONE,
          "Image of the MLflow server, by its digest, which the nodes pull. With tar:///FILE, the image"
              + " in that archive reaches the nodes like those of the apps. docs/mlflow.md says how to"
              + " find the digest.");

  public static final Setting<Optional<Integer>> NODE_PORT =
      new Setting<>(
          "mlflow-node-port",
          Word.orNone(
              "a whole number from 30000 to 32767",
              Format.wholeNumber(30_000, 32_767).parse(),
              String::valueOf),
          Word.NONE,
          "TCP port on which the MLflow server answers, on every node, such as 30950. MLflow asks for no"
              + " password: everyone who reaches the port can change which model is served. With none,"
              + " only the pods of the stack and 'kubectl port-forward' reach the server.");

  public static final Setting<List<String>> HOSTS =
      new Setting<>(
          "mlflow-hosts",
          new Format<>(
              "none or hosts with their ports, separated by commas, such as mlflow.example.com:30950",
              MlflowSettings::hosts,
              hosts -> hosts.isEmpty() ? Word.NONE : String.join(",", hosts)),
          Word.NONE,
          "Hosts by which browsers reach the MLflow server, beside the addresses of the nodes in"
              + " nodes.json. The server refuses requests with another host.");

  public static final Setting<Optional<URI>> BACKEND_STORE =
      new Setting<>(
          "mlflow-backend-store",
          Word.orNone(
              "a URL such as postgresql://USER:PASSWORD@HOST:5432/DATABASE",
              MlflowSettings::database,
              URI::toString),
          Word.NONE,
          "Database of the MLflow server. With none, it is a file on the stack's volume. Set it with"
              + " 'pulumi config set --secret'.");

  public static final Setting<Optional<String>> USERNAME =
      new Setting<>(
          "mlflow-username",
          Word.matchingOrNone(
              "(?!\\(hidden\\)$)[!-9;-~]{1,200}",
              "visible ASCII characters without blanks and colons"),
          Word.NONE,
          "User of an MLflow server that exists. Set it with 'pulumi config set --secret'.");

  public static final Setting<Optional<String>> PASSWORD =
      new Setting<>(
          "mlflow-password",
          Word.matchingOrNone(VISIBLE, "visible ASCII characters without blanks"),
          Word.NONE,
          "Password that belongs to mlflowUsername. Set it with 'pulumi config set --secret'.");

  public static final Setting<Optional<String>> TOKEN =
      new Setting<>(
          "mlflow-token",
          Word.matchingOrNone(VISIBLE, "visible ASCII characters without blanks"),
          Word.NONE,
          "Token for an MLflow server that exists, instead of a user and a password. Set it with"
              + " 'pulumi config set --secret'.");

  static final SettingGroup ALL =
      SettingGroup.of(MLFLOW, IMAGE, NODE_PORT, HOSTS, BACKEND_STORE, USERNAME, PASSWORD, TOKEN);

  /** The settings that only a server of the stack's own has. */
  static final SettingGroup OF_OWN_SERVER = SettingGroup.of(IMAGE, NODE_PORT, HOSTS, BACKEND_STORE);

  /** The settings that only a server that exists has. */
  static final SettingGroup OF_EXISTING_SERVER = SettingGroup.of(USERNAME, PASSWORD, TOKEN);

  /** The settings whose values no message repeats. */
  static final SettingGroup SECRETS = SettingGroup.of(BACKEND_STORE, USERNAME, PASSWORD, TOKEN);

  private MlflowSettings() {}

  private static List<String> hosts(String text) {
    if (text.equals(Word.NONE)) {
      return List.of();
    }
    List<String> hosts = Arrays.asList(text.split(",", -1));
    if (!hosts.stream().allMatch(host -> host.matches(HOST))) {
      throw new IllegalArgumentException("not a list of hosts: " + text);
    }
    return List.copyOf(hosts);
  }

  private static URI database(String text) {
    URI uri = URI.create(text);
    if (!"postgresql".equals(uri.getScheme())
        || uri.getHost() == null
        || uri.getPath() == null
        || uri.getPath().length() < 2) {
      throw new IllegalArgumentException("not a PostgreSQL database");
    }
    return uri;
  }

  /** The port of a database. */
  public static int port(URI database) {
    return database.getPort() > 0 ? database.getPort() : POSTGRESQL;
  }
}
