package mlopsprimer.infra.config;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import mlopsprimer.contract.ApiSettings;
import mlopsprimer.contract.AppPod;
import mlopsprimer.contract.AppSettings;
import mlopsprimer.contract.Format;
import mlopsprimer.contract.Problems;
import mlopsprimer.contract.Setting;
import mlopsprimer.contract.SettingGroup.Spelling;
import mlopsprimer.contract.SettingValues;
import mlopsprimer.contract.SourceSpec;
import mlopsprimer.contract.StorageLocation;
import mlopsprimer.contract.Ticker;
import mlopsprimer.contract.TrainerSettings;

/** The values of all settings of the stack, checked before Pulumi creates a resource. */
public final class StackConfig {
  /** Part of the name of the image of the S3 server that the stack builds. */
  public static final String STORE_IMAGE = "store";

  /** Part of the name of the image of the MLflow server that comes from an archive. */
  public static final String MLFLOW_IMAGE = "mlflow";

  private static final String HIDDEN = "(hidden)";
  private static final String ARCHIVE = "tar://";

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
        StackSettings.ALL.read(Spelling.KEY, setting -> text(setting, lookup), problems);
    StackConfig config = new StackConfig(checkout, values, clock);
    if (values.get(TrainerSettings.SOURCE).stream().anyMatch(spec -> spec.kind().needsFile())) {
      problems.add(
          "source is '%s': a source without a file is needed, because a pod has no file of prices",
          SourceSpec.textOf(values.get(TrainerSettings.SOURCE)));
    }
    Combinations.check(values, problems);
    new RequiredFiles(values, checkout, problems).check(config.usesNodes(), config.mlflowArchive());
    if (!problems.found().isEmpty()) {
      throw new InvalidConfig(problems.found());
    }
    return config;
  }

  /**
   * The text of a setting. A wrong text of a secret setting is replaced, so that nobody sees it.
   */
  private static Optional<String> text(
      Setting<?> setting, Function<String, Optional<String>> lookup) {
    Optional<String> text = lookup.apply(setting.key());
    return StackSettings.SECRETS.settings().contains(setting)
        ? text.map(secret -> setting.accepts(secret) ? secret : HIDDEN)
        : text;
  }

  /** Whether the value of a setting is a secret. */
  public static boolean isSecret(String key) {
    return StackSettings.SECRETS.settings().stream().anyMatch(setting -> setting.key().equals(key));
  }

  public <T> T get(Setting<T> setting) {
    return values.get(setting);
  }

  /** The files that say how to reach the cluster. */
  public ClusterFiles cluster() {
    return new ClusterFiles(
        checkout,
        get(ClusterSettings.KUBECONFIG),
        get(ClusterSettings.KUBE_CONTEXT),
        get(ClusterSettings.SSH_CONFIG));
  }

  /**
   * Whether the stack changes something on the nodes themselves: it imports images there, or keeps
   * the models in a directory there.
   */
  public boolean usesNodes() {
    return get(ImageSettings.IMAGE_REGISTRY).isEmpty() || usesVolumeOfNode();
  }

  /** Whether the models are in a directory on a node. */
  public boolean usesVolumeOfNode() {
    return store().needsVolume() && get(StoreSettings.STORAGE_CLASS).isEmpty();
  }

  /** Where the models are kept. */
  public StoreChoice store() {
    return get(StoreSettings.STORE);
  }

  /** Which MLflow server records the trainings. */
  public MlflowChoice mlflow() {
    return get(MlflowSettings.MLFLOW);
  }

  /** The archive with the image of the MLflow server, if it is not an image that the nodes pull. */
  public Optional<String> mlflowArchive() {
    return get(MlflowSettings.IMAGE)
        .filter(image -> image.startsWith(ARCHIVE))
        .map(image -> image.substring(ARCHIVE.length()));
  }

  /** The path of an optional file for Pulumi's state, from the checkout's root. */
  public Optional<String> file(Setting<Optional<Path>> setting) {
    return get(setting).map(file -> cluster().fromCheckout(file).toString());
  }

  /** The name of the stack's namespace. */
  public String namespace() {
    return values.get(ClusterSettings.NAMESPACE);
  }

  /** The name of the stack's PersistentVolume and of its StorageClass, which no namespace has. */
  public String volume() {
    return namespace() + "-store";
  }

  /**
   * The name of an image without its tag: localhost/ml-trainer. The name contains the namespace if
   * it is not the default, so that no two stacks share an image that one of them would remove.
   *
   * @param label the label of an app, or another name of what the image contains
   */
  public String image(String label) {
    String own =
        namespace().equals(ClusterSettings.NAMESPACE.defaultValue()) ? "" : namespace() + "/";
    return "%s/%sml-%s"
        .formatted(get(ImageSettings.IMAGE_REGISTRY).orElse("localhost"), own, label);
  }

  /** The names of all images that the stack builds, without their tags. */
  public List<String> images() {
    return Stream.of(
            Arrays.stream(App.values()).map(App::label),
            ownServer().stream(),
            mlflowArchive().map(archive -> MLFLOW_IMAGE).stream())
        .flatMap(labels -> labels)
        .map(this::image)
        .toList();
  }

  private Optional<String> ownServer() {
    return get(StoreSettings.BINARY).map(binary -> STORE_IMAGE);
  }

  /** Which tickers the Jobs train, and when. */
  public TrainingPlan trainings() {
    return new TrainingPlan(values, tickers(), clock);
  }

  /**
   * Reads the nodes of the cluster, unless the stack changes nothing on them.
   *
   * @throws InvalidConfig if nodes.json cannot be read
   */
  public Optional<Nodes> nodes() {
    return usesNodes() ? Optional.of(Nodes.read(cluster().nodesFile())) : Optional.empty();
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

  /** Arguments of the command train for the tickers of one Job. */
  public List<String> trainerArguments(TickerGroup group) {
    return withStore(
        TrainerSettings.OF_STACK
            .select(values)
            .with(AppSettings.TICKER, group.tickers().get(0))
            .with(TrainerSettings.TICKERS, group.tickers().size() > 1 ? group.tickers() : List.of())
            .with(TrainerSettings.INDEXES, group.indexes())
            .with(TrainerSettings.FETCHERS, group.fetchers()));
  }

  /** Arguments of the API's container. */
  public List<String> apiArguments() {
    return withStore(
        ApiSettings.OF_STACK
            .select(values)
            .with(AppSettings.TICKER, defaultTicker())
            .with(ApiSettings.HOST, ApiSettings.EVERY_ADDRESS)
            .with(ApiSettings.PORT, AppPod.HTTP_PORT)
            .with(ApiSettings.MANAGEMENT_PORT, AppPod.MANAGEMENT_PORT));
  }

  private List<String> withStore(SettingValues arguments) {
    return arguments.with(AppSettings.STORE, storeInPod()).toArguments();
  }

  /** Where the apps find the model store. */
  private StorageLocation storeInPod() {
    return store().isS3()
        ? Format.STORAGE_LOCATION.parse().apply(store().location())
        : new StorageLocation.Directory(Path.of(AppPod.STORE_PATH));
  }

  public ContainerLimits limits(App app) {
    return app == App.TRAINER
        ? new ContainerLimits(get(StackSettings.TRAINER_CPU), get(StackSettings.TRAINER_MEMORY))
        : new ContainerLimits(get(StackSettings.API_CPU), get(StackSettings.API_MEMORY));
  }
}
