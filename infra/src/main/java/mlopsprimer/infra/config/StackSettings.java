package mlopsprimer.infra.config;

import com.google.gson.Gson;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import mlopsprimer.contract.ApiSettings;
import mlopsprimer.contract.Format;
import mlopsprimer.contract.NodePath;
import mlopsprimer.contract.Setting;
import mlopsprimer.contract.SettingGroup;
import mlopsprimer.contract.StackOwner;
import mlopsprimer.contract.Ticker;
import mlopsprimer.contract.TrainerSettings;

/** The settings that only the stack has. The module contract has the settings of the apps. */
public final class StackSettings {
  private static final Gson GSON = new Gson();

  public static final Setting<List<Ticker>> TICKERS =
      new Setting<>(
          "tickers",
          new Format<>(
              "a list of different Yahoo symbols, such as [\"SPY\", \"QQQ\"]",
              StackSettings::tickers,
              tickers -> GSON.toJson(tickers.stream().map(Ticker::symbol).toList())),
          "[]",
          "List of symbols that replaces the setting ticker. Each symbol gets a training Job. The"
              + " API serves the first symbol to requests that name no ticker.");

  public static final Setting<Optional<CronSchedule>> SCHEDULE =
      new Setting<>(
          "schedule",
          CronSchedule.FORMAT,
          "auto",
          "Times of the nightly training. auto trains each symbol after the close of its own exchange."
              + " A cron schedule, such as 30 17 * * 1-5, trains all symbols at these times.");

  public static final Setting<String> TIME_ZONE =
      new Setting<>(
          "time-zone",
          Format.of("a time zone of the tz database, such as Europe/Berlin", StackSettings::zone),
          "America/New_York",
          "Time zone of a cron schedule, by its name in the tz database. The schedule auto uses the"
              + " zone of each exchange.");

  public static final Setting<Duration> TRAINING_DEADLINE =
      new Setting<>(
          "training-deadline",
          new Format<>(
              "a number of seconds or minutes, such as 90s or 10m",
              StackSettings::duration,
              StackSettings::text),
          "10m",
          "Longest duration of a training, such as 90s or 10m. If the source of prices does not"
              + " answer, the training tries again until this time has passed.");

  public static final Setting<Cpu> TRAINER_CPU =
      new Setting<>(
          "trainer-cpu",
          Cpu.FORMAT,
          "2",
          "CPU limit of the training container, in processors, such as 2 or 500m.");

  public static final Setting<Memory> TRAINER_MEMORY =
      new Setting<>(
          "trainer-memory",
          Memory.atLeast(App.TRAINER.leastMemory()),
          "512Mi",
          "Memory limit of the training container, at least %dMi. The heap grows with it."
              .formatted(App.TRAINER.leastMemory()));

  public static final Setting<Cpu> API_CPU =
      new Setting<>(
          "api-cpu",
          Cpu.FORMAT,
          "1",
          "CPU limit of each API container, in processors, such as 1 or 500m.");

  public static final Setting<Memory> API_MEMORY =
      new Setting<>(
          "api-memory",
          Memory.atLeast(App.API.leastMemory()),
          "256Mi",
          "Memory limit of each API container, at least %dMi. The heap grows with it."
              .formatted(App.API.leastMemory()));

  public static final Setting<Integer> REPLICAS =
      new Setting<>("replicas", Format.wholeNumber(1, 20), "2", "Number of API pods.");

  public static final Setting<Integer> NODE_PORT =
      new Setting<>(
          "node-port",
          Format.wholeNumber(30_000, 32_767),
          "30951",
          "TCP port on which the API answers, on every node.");

  public static final Setting<String> BASE_IMAGE =
      new Setting<>(
          "base-image",
          Format.matching(
              "tar:///\\S+|([A-Za-z0-9][A-Za-z0-9.-]*(:[0-9]+)?/)?[a-z0-9]+([._/-]+[a-z0-9]+)*"
                  + "(:\\w[\\w.-]{0,127})?@sha256:[0-9a-f]{64}",
              "tar:///FILE or an image by its digest, NAME@sha256:DIGEST"),
          Versions.baseImage(),
          "Base image of both apps' images, by its digest. Without a registry, use tar:///FILE, where"
              + " FILE is the path of an image archive.");

  public static final Setting<String> STORAGE_PATH =
      new Setting<>(
          "storage-path",
          NodePath.format(),
          "/var/lib/mlops-primer",
          "Directory that holds the model store, on the first worker. It can be changed only after"
              + " 'pulumi destroy'.");

  public static final Setting<Memory> STORAGE_SIZE =
      new Setting<>(
          "storage-size",
          Memory.atLeast(1),
          "1Gi",
          "Size that the PersistentVolume of the model store declares. It can be changed only after"
              + " 'pulumi destroy'.");

  public static final Setting<Boolean> KEEP_MODELS =
      new Setting<>(
          "keep-models",
          Format.YES_OR_NO,
          "false",
          "Keep the model store on the node when the stack is destroyed. A change takes effect with"
              + " the next 'pulumi up', because 'pulumi destroy' reads no settings. The next 'pulumi"
              + " up' of the stack takes the kept models up again.");

  public static final Setting<String> NAMESPACE =
      new Setting<>(
          "namespace",
          Format.matching(
              "(?!kube-|default$)[a-z]([a-z0-9-]{0,38}[a-z0-9])?",
              "a name of a Kubernetes namespace of at most 40 characters, such as mlops-primer-prod,"
                  + " and not one of Kubernetes itself"),
          "mlops-primer",
          "Namespace of the stack. The names of its images, volume and storage class follow from it."
              + " A second stack on the same cluster needs another namespace, storagePath and"
              + " nodePort.");

  public static final Setting<String> ADOPT =
      new Setting<>(
          "adopt",
          Format.matching(
              "none|%s|%s|[0-9a-f]{12}".formatted(StackOwner.UNMARKED, StackOwner.KEPT),
              "none, unmarked, kept or the id of a stack, which are 12 hex digits"),
          "none",
          "The id of another stack whose namespace and directory this stack takes over, for example"
              + " after the other stack's state was lost. 'pulumi up' prints the id when it refuses to"
              + " use what belongs to another stack. unmarked takes over what carries no mark of a"
              + " stack.");

  public static final Setting<Path> KUBECONFIG =
      new Setting<>(
          "kubeconfig",
          Format.PATH,
          "infra-context/admin.conf",
          "Path of the cluster's kubeconfig. Pulumi's state contains the path and never the content.");

  public static final Setting<Path> SSH_CONFIG =
      new Setting<>(
          "ssh-config",
          Format.PATH,
          "infra-context/ssh-config",
          "Path of the OpenSSH configuration of the nodes. The file nodes.json is in the same"
              + " directory.");

  /** Every setting of the stack, in the order of Pulumi.yaml. */
  public static final SettingGroup ALL =
      TrainerSettings.OF_STACK
          .and(ApiSettings.OF_STACK)
          .and(
              SettingGroup.of(
                  TICKERS,
                  SCHEDULE,
                  TIME_ZONE,
                  TRAINING_DEADLINE,
                  TRAINER_CPU,
                  TRAINER_MEMORY,
                  API_CPU,
                  API_MEMORY,
                  REPLICAS,
                  NODE_PORT,
                  BASE_IMAGE,
                  STORAGE_PATH,
                  STORAGE_SIZE,
                  KEEP_MODELS,
                  NAMESPACE,
                  ADOPT,
                  KUBECONFIG,
                  SSH_CONFIG));

  private StackSettings() {}

  private static List<Ticker> tickers(String json) {
    List<Ticker> tickers =
        Arrays.stream(GSON.fromJson(json, String[].class)).map(Ticker::of).toList();
    if (tickers.stream().distinct().count() < tickers.size()) {
      throw new IllegalArgumentException("a symbol is repeated: " + json);
    }
    return tickers;
  }

  /** Refuses the SystemV zones, which Java still has and the tz database no longer has. */
  private static String zone(String name) {
    if (!ZoneId.getAvailableZoneIds().contains(name) || name.startsWith("SystemV/")) {
      throw new IllegalArgumentException("not a time zone: " + name);
    }
    return name;
  }

  private static Duration duration(String text) {
    if (!text.matches("[1-9][0-9]{0,3}[sm]")) {
      throw new IllegalArgumentException("not a duration: " + text);
    }
    return Duration.parse("PT" + text);
  }

  private static String text(Duration duration) {
    return duration.toSeconds() % 60 == 0 ? duration.toMinutes() + "m" : duration.toSeconds() + "s";
  }
}
