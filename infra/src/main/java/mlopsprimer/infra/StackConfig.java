package mlopsprimer.infra;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Everything that can be set, read once from Pulumi's configuration; Pulumi.yaml has the defaults
 * and what each means.
 */
record StackConfig(
    Path checkout,
    List<Ticker> tickers,
    String source,
    String history,
    int trees,
    int seed,
    double threshold,
    URI yahooBaseUrl,
    boolean allowStale,
    String schedule,
    String timeZone,
    Duration trainingDeadline,
    Resources trainerResources,
    Resources apiResources,
    int replicas,
    int nodePort,
    String baseImage,
    String storagePath,
    String storageSize,
    boolean keepModels,
    Path kubeconfig,
    Path sshConfig) {
  /** MiB: the heap of apps/…/jvm.options, and what a JVM needs besides. */
  private static final int LEAST_TRAINER_MEMORY = 384;

  private static final int LEAST_API_MEMORY = 128;

  /**
   * @throws InvalidConfig with every problem at once, before anything is made
   */
  static StackConfig read(Function<String, Optional<String>> lookup, Path checkout) {
    Settings settings = new Settings(lookup);
    List<Ticker> tickers = settings.tickers();
    StackConfig read =
        new StackConfig(
            checkout,
            tickers,
            settings.text("source", "yahoo|sample|yahoo,sample", "yahoo, sample or yahoo,sample"),
            settings.text("history", "[1-9][0-9]{0,2}[ym]", "a number of years or months: 5y, 18m"),
            settings.number("trees", 1, 10_000),
            settings.number("seed", Integer.MIN_VALUE, Integer.MAX_VALUE),
            settings.fraction("threshold"),
            settings.url("yahooBaseUrl"),
            settings.flag("allowStale"),
            settings.schedule("schedule"),
            settings.timeZone("timeZone"),
            settings.duration("trainingDeadline"),
            settings.resources("trainer", LEAST_TRAINER_MEMORY),
            settings.resources("api", LEAST_API_MEMORY),
            settings.number("replicas", 1, 20),
            settings.number("nodePort", 30_000, 32_767),
            settings.text(
                "baseImage",
                "tar:///.+|.+@sha256:[0-9a-f]{64}",
                "tar:///FILE, or an image by its digest: NAME@sha256:…"),
            settings.text(
                "storagePath",
                "(/[A-Za-z0-9_-][A-Za-z0-9._-]*){3,}",
                "a path at least three levels deep: /var/lib/mlops-primer"),
            settings.text("storageSize", "[1-9][0-9]*[MG]i", "a size: 1Gi"),
            settings.flag("keepModels"),
            settings.file("kubeconfig", checkout),
            settings.file("sshConfig", checkout));
    settings.requireNoProblems();
    return read;
  }
}
