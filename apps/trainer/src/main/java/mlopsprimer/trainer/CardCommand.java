package mlopsprimer.trainer;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import mlopsprimer.contract.ExitCode;
import mlopsprimer.settings.SettingOptions;
import mlopsprimer.store.TickerStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints the model card of a stored version. */
@Command(
    name = "card",
    description = "Prints the model card of a version in Markdown, made from its manifest.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
final class CardCommand implements Callable<Integer> {
  private final SettingOptions options;
  private final PrintWriter out;

  @Option(
      names = "--of",
      description =
          "Version to describe. `trainer status` lists the versions. Default: the champion.")
  private String version;

  CardCommand(SettingOptions options, PrintWriter out) {
    this.options = options;
    this.out = out;
  }

  @Override
  public Integer call() {
    TickerStore store = Stores.open(options.read());
    if (version != null) {
      Stores.requireVersion("--of", version, store);
    }
    String described = version == null ? Stores.championOf(store).version() : version;
    out.println(ModelCard.of(described, store.manifest(described)));
    return ExitCode.OK.status();
  }
}
