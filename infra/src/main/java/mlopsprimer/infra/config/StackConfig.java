package mlopsprimer.infra.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import mlopsprimer.contract.ApiSettings;
import mlopsprimer.contract.AppPod;
import mlopsprimer.contract.AppSettings;
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
  private final SettingValues values;

  private StackConfig(Path checkout, SettingValues values) {
    this.checkout = checkout;
    this.values = values;
  }

  /**
   * Reads all settings.
   *
   * @param lookup finds a value of Pulumi's configuration by its key
   * @param checkout the directory that relative paths start from
   * @throws InvalidConfig with every problem at once
   */
  public static StackConfig read(Function<String, Optional<String>> lookup, Path checkout) {
    Problems problems = new Problems();
    SettingValues values =
        StackSettings.ALL.read(Spelling.KEY, setting -> lookup.apply(setting.key()), problems);
    StackConfig config = new StackConfig(checkout, values);
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

  public Path checkout() {
    return checkout;
  }

  public Path kubeconfig() {
    return file(StackSettings.KUBECONFIG);
  }

  public Path sshConfig() {
    return file(StackSettings.SSH_CONFIG);
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
    return Nodes.read(sshConfig().resolveSibling("nodes.json"));
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
          new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(kubeconfig()));
      Object clusters = kubeconfig == null ? "" : kubeconfig.get("clusters"); // null if empty
      return Sha256.hex(String.valueOf(clusters).getBytes(UTF_8)).substring(0, 12);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + kubeconfig(), e);
    }
  }
}
