package mlopsprimer.trainer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import mlopsprimer.contract.ExitCode;
import mlopsprimer.contract.TrainerSettings;
import mlopsprimer.logging.StandardError;
import mlopsprimer.settings.CommandLineProblem;
import mlopsprimer.settings.SettingOptions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** Parses the command line, runs a command, and maps failures to exit codes. */
@Command(
    name = "trainer",
    description = "Trains a random forest on daily prices and keeps the models.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "An environment variable can set each option: AS_OF sets --as-of.",
      "Exit codes: 0 done (also if the challenger was not promoted), 1 internal error, 2 wrong option",
      "or setting, 10 source of prices unreachable, 20 unusable prices, 40 store unusable."
    })
public final class Main {
  /** Last line of a program that SIGTERM, SIGINT or SIGHUP ends. */
  private static final String SIGNAL =
      "ended by a signal before the command was done; run it again: the store holds complete versions only%n"
          .formatted();

  private Main() {}

  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT); // numbers are printed in the same way on every machine
    PrintWriter out = new PrintWriter(System.out, true, UTF_8);
    StandardError standardError = StandardError.install();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> standardError.end(SIGNAL), "signal"));
    // The reason of a failure is printed last, when no other thread can print any more. Kubernetes
    // shows the end of the log in the status of the pod.
    StringWriter reason = new StringWriter();
    int status;
    try {
      status = run(arguments, System.getenv(), Clock.systemUTC(), out, new PrintWriter(reason));
    } catch (Throwable e) { // an OutOfMemoryError is reported too
      status = report(e, new PrintWriter(reason));
    }
    standardError.end(reason.toString());
    System.exit(status);
  }

  static int run(
      String[] arguments,
      Map<String, String> environment,
      Clock clock,
      PrintWriter out,
      PrintWriter err) {
    SettingOptions train = new SettingOptions(TrainerSettings.ALL, environment);
    SettingOptions status = new SettingOptions(TrainerSettings.OF_CHAMPION, environment);
    SettingOptions rollback = new SettingOptions(TrainerSettings.OF_CHAMPION, environment);
    SettingOptions card = new SettingOptions(TrainerSettings.OF_STORE, environment);
    SettingOptions copy = new SettingOptions(TrainerSettings.OF_COPY, environment);
    CommandLine line =
        new CommandLine(new Main())
            .addSubcommand(
                withOptions(train, new TrainCommand(train, environment, clock, out, err)))
            .addSubcommand(withOptions(status, new StatusCommand(status, environment, clock, out)))
            .addSubcommand(
                withOptions(rollback, new RollbackCommand(rollback, environment, clock, out)))
            .addSubcommand(withOptions(card, new CardCommand(card, out)))
            .addSubcommand(withOptions(copy, new CopyCommand(copy, out)))
            .setOut(out)
            .setErr(err)
            .setParameterExceptionHandler(Main::explain)
            .setExecutionExceptionHandler((failure, command, parsed) -> report(failure, err));
    return line.execute(arguments.length == 0 ? new String[] {"--help"} : arguments);
  }

  private static CommandLine withOptions(SettingOptions options, Callable<Integer> command) {
    CommandLine line = new CommandLine(command);
    options.addTo(line.getCommandSpec());
    return line;
  }

  private static int explain(ParameterException failure, String[] arguments) {
    failure
        .getCommandLine()
        .getErr()
        .println(CommandLineProblem.describe(failure, List.of(arguments)));
    return ExitCode.USAGE.status();
  }

  /** Logs a failure that is a fault of the program, and prints the reason of every failure. */
  private static int report(Throwable failure, PrintWriter err) {
    ExitCode code = FailureExitCodes.logged(failure);
    err.println(FailureExitCodes.message(failure));
    return code.status();
  }
}
