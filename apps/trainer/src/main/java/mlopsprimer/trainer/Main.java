package mlopsprimer.trainer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintWriter;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import mlopsprimer.settings.Environment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** Parses the command line, runs a command, and maps failures to exit codes. */
@Command(
    name = "trainer",
    description = "Trains a random forest on daily prices and keeps the models.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Every option may also be given by the variable of its name: --as-of is AS_OF.",
      "Exit codes: 0 ok (also: not promoted), 1 internal, 2 settings, 10 source unreachable,",
      "20 bad data, 40 storage."
    })
public final class Main {
  private static final Logger LOG = LoggerFactory.getLogger(Main.class);

  private Main() {}

  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT); // numbers are printed alike in every locale
    PrintWriter out = new PrintWriter(System.out, true, UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, UTF_8);
    int status;
    try {
      status = run(arguments, System.getenv(), Clock.systemUTC(), out, err);
    } catch (Throwable e) { // an OutOfMemoryError is reported too
      status = report(e, err);
    }
    System.exit(status);
  }

  static int run(
      String[] arguments,
      Map<String, String> environment,
      Clock clock,
      PrintWriter out,
      PrintWriter err) {
    CommandLine line =
        new CommandLine(new Main())
            .addSubcommand(new TrainCommand(clock, out))
            .addSubcommand(new StatusCommand(out))
            .addSubcommand(new RollbackCommand(clock, out))
            .setDefaultValueProvider(defaultsFrom(new Environment(environment)))
            .setOut(out)
            .setErr(err)
            .setParameterExceptionHandler(Main::explain)
            .setExecutionExceptionHandler((failure, command, parsed) -> report(failure, err));
    return line.execute(arguments.length == 0 ? new String[] {"--help"} : arguments);
  }

  /**
   * Reads the default of a setting from its variable. The options --help and --version, and the
   * options of a rollback, have no variables.
   */
  private static IDefaultValueProvider defaultsFrom(Environment environment) {
    return argument ->
        argument instanceof OptionSpec option
                && !option.usageHelp()
                && !option.versionHelp()
                && !Set.of("--to", "--reason").contains(option.longestName())
            ? environment.valueOf(option.longestName()).orElse(null)
            : null;
  }

  private static int explain(ParameterException failure, String[] arguments) {
    PrintWriter err = failure.getCommandLine().getErr();
    err.printf(
        "%s; see %s --help%n",
        failure.getMessage(), failure.getCommandLine().getCommandSpec().qualifiedName());
    return ExitCode.USAGE.status;
  }

  /** Prints the reason of a failure as the last line, which the status of the Job shows. */
  private static int report(Throwable failure, PrintWriter err) {
    ExitCode code = ExitCode.of(failure);
    if (code == ExitCode.INTERNAL) {
      LOG.atError().setCause(failure).log("internal-error");
    }
    err.println(failure.getMessage() == null ? failure.toString() : failure.getMessage());
    return code.status;
  }
}
