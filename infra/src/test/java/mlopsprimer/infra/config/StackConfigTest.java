package mlopsprimer.infra.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mlopsprimer.contract.ApiSettings;
import mlopsprimer.contract.AppSettings;
import mlopsprimer.contract.Setting;
import mlopsprimer.contract.Ticker;
import mlopsprimer.contract.TrainerSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

class StackConfigTest {
  private static final Context CONTEXT = Context.withTwoNodes();

  /** The key of a setting, a value that the setting refuses, and a part of the problem's text. */
  private record Wrong(String key, String value, String said) {}

  private static final Wrong[] WRONG = {
    new Wrong("ticker", "../x", "a Yahoo symbol"),
    new Wrong("ticker", "^", "a Yahoo symbol"),
    new Wrong("tickers", "SPY", "a list of different Yahoo symbols"),
    new Wrong("tickers", "null", "a list of different Yahoo symbols"),
    new Wrong("tickers", "[null]", "a list of different Yahoo symbols"),
    new Wrong("tickers", "[\"SPY\", \"spy\"]", "a list of different Yahoo symbols"),
    new Wrong("tickers", "[\"SPY\", \"S PY\"]", "a list of different Yahoo symbols"),
    new Wrong("trainingParallelism", "0", "from 1 to 100"),
    new Wrong("tickersPerPod", "201", "auto or a whole number from 1 to 200"),
    new Wrong("source", "bloomberg", "yahoo, csv:PATH, sample"),
    new Wrong("source", "csv:prices.csv", "a source without a file"),
    new Wrong("history", "5", "5y or 18m"),
    new Wrong("trees", "0", "a whole number from 1 to 10000"),
    new Wrong("maxDepth", "65", "a whole number from 0 to 64"),
    new Wrong("minLeaf", "0", "a whole number from 1 to 10000"),
    new Wrong("seed", "4.2", "a whole number"),
    new Wrong("keep", "0", "a whole number from 1"),
    new Wrong("threshold", "1.01", "a number from 0 to 1"),
    new Wrong("corsOrigin", "https://example.com/", "an origin as browsers send it"),
    new Wrong("yahooBaseUrl", "ftp://example.org", "a URL"),
    new Wrong("yahooRequestsPerSecond", "0", "from 1 to 100"),
    new Wrong("userAgent", "\u015ePY", "ASCII characters"),
    new Wrong("acceptMove", "yesterday", "none or a day"),
    new Wrong("allowStale", "yes", "true or false"),
    new Wrong("exchange", "LSE", "auto or one of [XNYS, XNAS, XLON"),
    new Wrong("schedule", "30 17 * *", "five fields"),
    new Wrong("timeZone", "+02:00", "Europe/Berlin"),
    new Wrong("timeZone", "SystemV/PST8PDT", "Europe/Berlin"),
    new Wrong("trainingDeadline", "soon", "90s or 10m"),
    new Wrong("trainerCpu", "two", "2 or 500m"),
    new Wrong("trainerMemory", "128Mi", "at least 384Mi"),
    new Wrong("apiCpu", "0", "2 or 500m"),
    new Wrong("apiMemory", "64Mi", "at least"),
    new Wrong("apiMemory", "1G", "512Mi or 1Gi"),
    new Wrong("replicas", "0", "from 1 to 20"),
    new Wrong("apiMaxReplicas", "101", "from 0 to 100"),
    new Wrong("serviceType", "Ingress", "one of [NodePort, ClusterIP, LoadBalancer]"),
    new Wrong("nodePort", "80", "from 30000 to 32767"),
    new Wrong("baseImage", "eclipse-temurin:17-jre", "an image by its digest"),
    new Wrong("imageRegistry", "team/primer", "a registry and a path in it"),
    new Wrong("imageRegistry", "registry.example.com", "a registry and a path in it"),
    new Wrong("imageRegistry", "registry.example.com/Team", "a registry and a path in it"),
    new Wrong("registryCa", "", "a path of a file"),
    new Wrong("imagePullSecret", "Pull_Secret", "the name of a Secret"),
    new Wrong("imageArchitecture", "x86", "one of [auto, amd64, arm64]"),
    new Wrong("store", "s3://bucket", "s3://BUCKET/PREFIX"),
    new Wrong("store", "s3://bucket/../prefix", "s3://BUCKET/PREFIX"),
    new Wrong("store", "s3://my..bucket/prefix", "s3://BUCKET/PREFIX"),
    new Wrong("store", "s3://192.168.1.1/prefix", "s3://BUCKET/PREFIX"),
    new Wrong("store", "/models", "volume, s3-in-cluster"),
    new Wrong("storageClass", "gp3 fast", "the name of a StorageClass"),
    new Wrong("accessMode", "ReadOnlyMany", "one of [ReadWriteOnce, ReadWriteMany]"),
    new Wrong("s3Endpoint", "s3.example.com", "a URL such as"),
    new Wrong("s3Region", "US East", "a name of a region"),
    new Wrong("s3Region", "us-", "a name of a region"),
    new Wrong("s3AccessKey", "a b", "letters, digits"),
    new Wrong("s3SecretKey", "a b", "letters, digits"),
    new Wrong("s3ReaderAccessKey", "a b", "letters, digits"),
    new Wrong("s3ReaderSecretKey", "a b", "letters, digits"),
    new Wrong("s3Identity", "role", "NAME=VALUE"),
    new Wrong("s3ReaderIdentity", "role", "NAME=VALUE"),
    new Wrong("s3Cidr", "10.0.0.0", "a range of IP addresses"),
    new Wrong("s3Cidr", "10.0.0.256/8", "a range of IP addresses"),
    new Wrong("s3Cidr", "10.0.0.01/8", "a range of IP addresses"),
    new Wrong("s3Cidr", "10.0.0.0/33", "a range of IP addresses"),
    new Wrong("s3Cidr", "fd00::1::/8", "a range of IP addresses"),
    new Wrong("s3Cidr", "fd00::/129", "a range of IP addresses"),
    new Wrong("s3Image", "versity/versitygw:latest", "by its digest or its version"),
    new Wrong("s3Image", "versity/versitygw:v1", "by its digest or its version"),
    new Wrong("s3Binary", "", "a path of a file"),
    new Wrong("mlflow", "yes", "true, false or the URL"),
    new Wrong("mlflow", "https://user:secret@mlflow.example.com", "true, false or the URL"),
    new Wrong("mlflowImage", "ghcr.io/mlflow/mlflow:v3.17.2-full", "an image by its digest"),
    new Wrong("mlflowNodePort", "5000", "from 30000 to 32767"),
    new Wrong("mlflowHosts", "mlflow.example.com, other", "separated by commas"),
    new Wrong("mlflowHosts", "https://mlflow.example.com", "separated by commas"),
    new Wrong("mlflowBackendStore", "sqlite:///mlflow.db", "postgresql://USER:PASSWORD"),
    new Wrong("mlflowBackendStore", "postgresql://db.example.com", "postgresql://USER:PASSWORD"),
    new Wrong("mlflowUsername", "a:b", "without blanks and colons"),
    new Wrong("mlflowPassword", "a b", "without blanks"),
    new Wrong("mlflowToken", "a b", "without blanks"),
    new Wrong("kubeContext", "two words", "the name of a context"),
    new Wrong("storagePath", "/var", "at least three levels deep"),
    new Wrong("storagePath", "/var/lib/../../etc", "at least three levels deep"),
    new Wrong("storagePath", "/var/lib/kubelet", "a directory of this stack alone"),
    new Wrong("storagePath", "/etc/kubernetes/pki", "a directory of this stack alone"),
    new Wrong("storageSize", "big", "1Gi"),
    new Wrong("namespace", "kube-system", "a name of a Kubernetes namespace"),
    new Wrong("namespace", "default", "a name of a Kubernetes namespace"),
    new Wrong("namespace", "Prod_1", "a name of a Kubernetes namespace"),
    new Wrong("adopt", "everything", "none, unmarked, kept or the id of a stack"),
    new Wrong("keepModels", "maybe", "true or false"),
    new Wrong("kubeconfig", "/nowhere/admin.conf", "run 'vagrant up', which writes"),
    new Wrong("sshConfig", "/nowhere/ssh-config", "run 'vagrant up', which writes")
  };

  static Wrong[] wrong() {
    return WRONG;
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void aProblemNamesTheWrongValueAndTheValuesThatAreNeeded(Wrong wrong) {
    assertThatThrownBy(() -> CONTEXT.config(Map.of(wrong.key(), wrong.value())))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageStartingWith("1 problem with the configuration; nothing was changed:")
        .hasMessageContaining(wrong.key() + " is '")
        .hasMessageContaining(wrong.said());
  }

  @Test
  void everySettingHasAWrongValueInThisTest() {
    assertThat(Arrays.stream(WRONG).map(Wrong::key).collect(Collectors.toSet()))
        .isEqualTo(
            StackSettings.ALL.settings().stream().map(Setting::key).collect(Collectors.toSet()));
  }

  static Stream<Setting<?>> settings() {
    return StackSettings.ALL.settings().stream();
  }

  @ParameterizedTest
  @MethodSource("settings")
  void everySettingRefusesAUrlWithAPasswordAndDoesNotRepeatIt(Setting<?> setting) {
    for (String url :
        List.of(
            "https://me:s3cret@h.example/",
            "https://h.example/?key=s3cret#s3cret",
            "csv:https://me:s3cret@h.example/prices.csv")) {
      assertThatThrownBy(() -> CONTEXT.config(Map.of(setting.key(), url)))
          .isInstanceOf(InvalidConfig.class)
          .hasMessageContaining(setting.key() + " is '")
          .matches(failure -> !failure.getMessage().contains("s3cret"), "has no password");
    }
  }

  @Test
  void aBaseImageWithAPasswordIsRefusedWithoutThePassword() {
    String image = "me:s3cret@h.example/java@sha256:" + "0".repeat(64);

    assertThatThrownBy(() -> CONTEXT.config(Map.of("baseImage", image)))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("baseImage is '***@h.example/java@sha256:")
        .matches(failure -> !failure.getMessage().contains("s3cret"), "has no password");
  }

  @Test
  void everyProblemIsReportedAtOnce() {
    assertThatThrownBy(
            () -> CONTEXT.config(Map.of("nodePort", "80", "trees", "-1", "ticker", "../x")))
        .hasMessageContaining("3 problems")
        .hasMessageContaining("nodePort is '80'")
        .hasMessageContaining("trees is '-1'")
        .hasMessageContaining("ticker is '../x'");
  }

  /** The state would otherwise not fit a checkout that was moved or renamed. */
  @Test
  void pathsInTheCheckoutStartFromItsRoot(@TempDir Path checkout) throws IOException {
    for (String file : List.of("admin.conf", "ssh-config")) {
      Files.createDirectories(checkout.resolve("infra-context"));
      Files.writeString(checkout.resolve("infra-context").resolve(file), "");
    }
    StackConfig config =
        StackConfig.read(
            key ->
                key.equals("sshConfig")
                    ? Optional.of(checkout.resolve("infra-context/ssh-config").toString())
                    : Optional.empty(),
            checkout,
            Clock.systemUTC());

    assertThat(config.cluster().kubeconfig()).isEqualTo("infra-context/admin.conf");
    assertThat(config.cluster().kubeconfigFromInfra()).isEqualTo("../infra-context/admin.conf");
    assertThat(config.cluster().sshConfig()).isEqualTo("infra-context/ssh-config");
  }

  @Test
  void aPathOutsideTheCheckoutIsAbsolute() {
    assertThat(CONTEXT.config(Map.of()).cluster().kubeconfig())
        .isEqualTo(CONTEXT.directory().resolve("admin.conf").toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"^GSPC", "brk-b", "EURUSD=X", "0700.HK"})
  void everyYahooSymbolIsAccepted(String ticker) {
    assertThatCode(() -> CONTEXT.config(Map.of("ticker", ticker))).doesNotThrowAnyException();
  }

  @Test
  void theSettingTickersReplacesTheSettingTicker() {
    assertThat(CONTEXT.config(Map.of("ticker", "SPY", "tickers", "[\"^GSPC\",\"qqq\"]")).tickers())
        .extracting(Ticker::symbol)
        .containsExactly("^GSPC", "QQQ");
  }

  @Test
  void withoutTickersTheSettingTickerIsUsed() {
    assertThat(CONTEXT.config(Map.of("ticker", "SPY", "tickers", "[]")).tickers())
        .containsExactly(Ticker.of("SPY"));
  }

  @Test
  void aSmallThresholdReachesTheApiUnchanged() {
    assertThat(CONTEXT.config(Map.of("threshold", "0.0005")).apiArguments())
        .contains("--threshold=0.0005");
  }

  @Test
  void everySettingOfTheTrainerIsAnArgumentOfItsContainer() {
    List<String> arguments = trainerArguments(Map.of("ticker", "^GSPC"));

    for (Setting<?> setting : TrainerSettings.OF_STACK.settings()) {
      assertThat(arguments).anyMatch(argument -> argument.startsWith(setting.flag() + "="));
    }
    assertThat(arguments).contains("--ticker=^GSPC", "--store=/models");
  }

  private static List<String> trainerArguments(Map<String, String> settings) {
    StackConfig config = CONTEXT.config(settings);
    return config.trainerArguments(config.trainings().allTickers());
  }

  @Test
  void everySettingOfTheApiIsAnArgumentOfItsContainer() {
    List<String> arguments = CONTEXT.config(Map.of()).apiArguments();

    for (Setting<?> setting : ApiSettings.ALL.settings()) {
      if (setting.name().startsWith("s3-") || setting.equals(AppSettings.MLFLOW)) {
        continue; // environment variables of the container have them
      }
      assertThat(arguments).anyMatch(argument -> argument.startsWith(setting.flag() + "="));
    }
    assertThat(arguments)
        .contains("--host=0.0.0.0", "--port=8080", "--management-port=8081", "--store=/models");
  }

  @Test
  void pulumiYamlDeclaresTheSettingsOfTheStackInTheSameOrder() throws IOException {
    assertThat(declared().keySet())
        .containsExactlyElementsOf(
            StackSettings.ALL.settings().stream().map(Setting::key).toList());
  }

  @Test
  void pulumiYamlHasTheDefaultsAndDescriptionsOfTheSettings() throws IOException {
    Map<String, Map<String, Object>> declared = declared();

    for (Setting<?> setting : StackSettings.ALL.settings()) {
      Map<String, Object> entry = declared.get(setting.key());
      assertThat(entry.get("default")).as(setting.key()).hasToString(setting.defaultText());
      assertThat(entry.get("description")).as(setting.key()).isEqualTo(setting.description());
    }
  }

  @Test
  void aMissingInventoryNamesTheCommandThatWritesIt() throws IOException {
    Context context = Context.withTwoNodes();
    StackConfig config = context.config(Map.of());
    Files.delete(context.directory().resolve("nodes.json"));

    assertThatThrownBy(config::nodes)
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("nodes.json")
        .hasMessageContaining("run 'vagrant up', which writes that file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{", "[null]", "[{\"name\": \"a\"}]"})
  void anInventoryWithoutNodesIsRefused(String nodes) {
    assertThatThrownBy(() -> Context.with(nodes).config(Map.of()).nodes())
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining("nodes.json");
  }

  @Test
  void theStoreIsOnTheFirstWorker() {
    assertThat(CONTEXT.config(Map.of()).nodes().orElseThrow().ofStore().name())
        .isEqualTo("kube-worker-1");
  }

  @Test
  void theStoreOfAClusterWithoutWorkersIsOnItsOnlyNode() {
    String nodes = "[{\"name\": \"n\", \"role\": \"control-plane\", \"address\": \"10.0.0.1\"}]";

    assertThat(Context.with(nodes).config(Map.of()).nodes().orElseThrow().ofStore().name())
        .isEqualTo("n");
  }

  /** Pulumi refuses a value of such a setting in plain text. */
  @Test
  void pulumiRefusesASecretInPlainText() throws IOException {
    declared()
        .forEach(
            (key, declaration) ->
                assertThat(declaration.get("secret"))
                    .as(key)
                    .isEqualTo(StackConfig.isSecret(key) ? Boolean.TRUE : null));
  }

  /** Without the type of its items, Pulumi refuses the whole file. */
  @Test
  void pulumiYamlHasTheTypeOfTheItemsOfEachList() throws IOException {
    declared()
        .forEach(
            (key, declaration) ->
                assertThat(declaration.containsKey("items"))
                    .as(key)
                    .isEqualTo("array".equals(declaration.get("type"))));
  }

  private static Map<String, Map<String, Object>> declared() throws IOException {
    Path file = Path.of("").toAbsolutePath().resolveSibling("Pulumi.yaml");
    Map<String, Map<String, Map<String, Object>>> project = new Yaml().load(Files.readString(file));
    return project.get("config");
  }
}
