package mlopsprimer.infra.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import mlopsprimer.contract.ApiSettings;
import mlopsprimer.contract.AppPod;
import mlopsprimer.contract.AppSettings;
import mlopsprimer.contract.Exchange;
import mlopsprimer.contract.Exchanges;
import mlopsprimer.contract.Problems;
import mlopsprimer.contract.Setting;
import mlopsprimer.contract.SettingGroup.Spelling;
import mlopsprimer.contract.SettingValues;
import mlopsprimer.contract.Sha256;
import mlopsprimer.contract.SourceSpec;
import mlopsprimer.contract.Ticker;
import mlopsprimer.contract.TrainerSettings;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The values of all settings of the stack, checked before Pulumi creates a resource. */
public final class StackConfig {
  private final Path checkout;
  private final Clock clock;
  private final SettingValues values;

  private StackConfig(Path checkout, SettingValues values, Clock clock) {
    this.checkout = checkout;
    this.clock = clock;
    this.values = values;
  }

  /**
   * Reads all settings.
   *
   * @param lookup finds a value of Pulumi's configuration by its key
   * @param checkout the directory that relative paths start from
   * @param clock says what day it is
   * @throws InvalidConfig with every problem at once
   */
  public static StackConfig read(
      Function<String, Optional<String>> lookup, Path checkout, Clock clock) {
    Problems problems = new Problems();
    SettingValues values =
        StackSettings.ALL.read(Spelling.KEY, setting -> lookup.apply(setting.key()), problems);
    StackConfig config = new StackConfig(checkout, values, clock);
    if (values.get(TrainerSettings.SOURCE).stream().anyMatch(spec -> spec.kind().needsFile())) {
      problems.add(
          "source is '%s': a source without a file is needed, because a pod has no file of prices",
          SourceSpec.textOf(values.get(TrainerSettings.SOURCE)));
    }
    config.requireFile(StackSettings.KUBECONFIG, problems);
    config.requireFile(StackSettings.SSH_CONFIG, problems);
    if (!problems.found().isEmpty()) {
      throw new InvalidConfig(problems.found());
    }
    return config;
  }

  private void requireFile(Setting<Path> setting, Problems problems) {
    Path file = file(setting);
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      problems.add(
          "%s is '%s': a file that exists is needed; run 'vagrant up', which writes %s",
          setting.key(), values.get(setting), file);
    }
  }

  public <T> T get(Setting<T> setting) {
    return values.get(setting);
  }

  /**
   * The path of the kubeconfig for Pulumi's state. It starts from the checkout's root, so that it
   * stays right when the checkout is moved. A file outside the checkout has its absolute path.
   */
  public String kubeconfig() {
    return fromCheckout(StackSettings.KUBECONFIG).toString();
  }

  /**
   * The path of the kubeconfig for the Kubernetes provider, which Pulumi runs in the directory
   * infra of the checkout.
   */
  public String kubeconfigFromInfra() {
    Path path = fromCheckout(StackSettings.KUBECONFIG);
    return path.isAbsolute() ? path.toString() : "../" + path;
  }

  /** The path of the OpenSSH configuration for Pulumi's state: see {@link #kubeconfig}. */
  public String sshConfig() {
    return fromCheckout(StackSettings.SSH_CONFIG).toString();
  }

  private Path fromCheckout(Setting<Path> setting) {
    Path file = file(setting).normalize();
    return file.startsWith(checkout) ? checkout.relativize(file) : file;
  }

  /** The name of the stack's namespace. */
  public String namespace() {
    return values.get(StackSettings.NAMESPACE);
  }

  /** The name of the stack's PersistentVolume and of its StorageClass, which no namespace has. */
  public String volume() {
    return namespace() + "-store";
  }

  /**
   * The name of an app's image without its tag: localhost/ml-trainer. The name contains the
   * namespace if it is not the default, so that no two stacks share an image that one of them would
   * remove.
   */
  public String image(App app) {
    return namespace().equals(StackSettings.NAMESPACE.defaultValue())
        ? "localhost/ml-" + app.label()
        : "localhost/%s/ml-%s".formatted(namespace(), app.label());
  }

  /** The present day in the time zone of a ticker's nightly training. */
  public LocalDate today(Ticker ticker) {
    return LocalDate.now(clock.withZone(ZoneId.of(nightly(ticker).timeZone())));
  }

  /** The times of a ticker's nightly training. */
  public NightlySchedule nightly(Ticker ticker) {
    return values
        .get(StackSettings.SCHEDULE)
        .map(cron -> new NightlySchedule(cron, values.get(StackSettings.TIME_ZONE)))
        .orElseGet(
            () -> {
              Exchange exchange =
                  values.get(TrainerSettings.EXCHANGE).orElseGet(() -> Exchanges.ofSymbol(ticker));
              return NightlySchedule.after(
                  exchange, LocalDate.now(clock.withZone(exchange.zone())));
            });
  }

  private Path file(Setting<Path> setting) {
    return checkout.resolve(values.get(setting));
  }

  /**
   * Reads the nodes of the cluster.
   *
   * @throws InvalidConfig if nodes.json cannot be read
   */
  public Nodes nodes() {
    return Nodes.read(file(StackSettings.SSH_CONFIG).resolveSibling("nodes.json"));
  }

  /**
   * The tickers to train on: the value of {@code tickers}, or {@code ticker} if {@code tickers} is
   * empty.
   */
  public List<Ticker> tickers() {
    List<Ticker> several = values.get(StackSettings.TICKERS);
    return several.isEmpty() ? List.of(values.get(AppSettings.TICKER)) : several;
  }

  /** The ticker that the API serves to requests that name no ticker. */
  public Ticker defaultTicker() {
    return tickers().get(0);
  }

  /** Arguments of the command train for one ticker. */
  public List<String> trainerArguments(Ticker ticker) {
    return TrainerSettings.OF_STACK
        .select(values)
        .with(AppSettings.TICKER, ticker)
        .with(AppSettings.STORE, Path.of(AppPod.STORE_PATH))
        .toArguments();
  }

  /** Arguments of the API's container. */
  public List<String> apiArguments() {
    return ApiSettings.OF_STACK
        .select(values)
        .with(AppSettings.TICKER, defaultTicker())
        .with(AppSettings.STORE, Path.of(AppPod.STORE_PATH))
        .with(ApiSettings.HOST, ApiSettings.EVERY_ADDRESS)
        .with(ApiSettings.PORT, AppPod.HTTP_PORT)
        .with(ApiSettings.MANAGEMENT_PORT, AppPod.MANAGEMENT_PORT)
        .toArguments();
  }

  public ContainerLimits limits(App app) {
    return app == App.TRAINER
        ? new ContainerLimits(get(StackSettings.TRAINER_CPU), get(StackSettings.TRAINER_MEMORY))
        : new ContainerLimits(get(StackSettings.API_CPU), get(StackSettings.API_MEMORY));
  }

  /**
   * A hash of the addresses and certificate authorities of the kubeconfig's clusters, 12 hex
   * digits. A cluster that was created again at the same address has another certificate authority.
   */
  public String clusterFingerprint() {
    try {
      Map<String, Object> kubeconfig =
          new Yaml(new SafeConstructor(new LoaderOptions()))
              .load(Files.readString(file(StackSettings.KUBECONFIG)));
      Object clusters = kubeconfig == null ? "" : kubeconfig.get("clusters"); // null if empty
      return Sha256.hex(String.valueOf(clusters).getBytes(UTF_8)).substring(0, 12);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file(StackSettings.KUBECONFIG), e);
    }
  }
}
