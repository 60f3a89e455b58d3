package mlopsprimer.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Supplier;
import mlopsprimer.api.http.Limits;
import mlopsprimer.api.serving.Metrics;
import mlopsprimer.contract.ApiSettings;
import mlopsprimer.contract.ExitCode;
import mlopsprimer.contract.SettingValues;
import mlopsprimer.contract.SettingsException;
import mlopsprimer.logging.StandardError;
import mlopsprimer.settings.CommandLineProblem;
import mlopsprimer.settings.SettingOptions;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** Parses the command line, runs the server, and maps failures to exit codes. */
@Command(
    name = "api",
    description = "Serves the champion of every ticker in a store over HTTP.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "An environment variable can set each option: PORT sets --port.",
      "Exit codes: 0 stopped by a signal, 1 internal error, 2 wrong option or setting."
    })
public final class Main implements Callable<Integer> {
  /** Time that Kubernetes needs at most to stop sending requests to a pod that is not ready. */
  private static final Duration DRAIN = Duration.ofSeconds(5);

  private final SettingOptions options;

  /**
   * The metrics start in another thread while this thread reads the arguments, because Logback and
   * Micrometer take longer to start than the rest of the program.
   */
  private final CompletableFuture<Metrics> metrics = CompletableFuture.supplyAsync(Metrics::new);

  private final Consumer<Supplier<ApiServer>> serve;

  private Main(SettingOptions options, Consumer<Supplier<ApiServer>> serve) {
    this.options = options;
    this.serve = serve;
  }

  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT); // numbers are printed in the same way on every machine
    PrintWriter out = new PrintWriter(System.out, true, UTF_8);
    StandardError standardError = StandardError.install();
    // The reason of a failure is printed last, when no other thread can print any more.
    StringWriter reason = new StringWriter();
    PrintWriter err = new PrintWriter(reason);
    int status;
    try {
      status = run(arguments, System.getenv(), out, err, Main::serveUntilTerminated);
    } catch (Throwable e) { // after an Error too, the process must end
      status = report(e, err);
    }
    standardError.end(reason.toString());
    System.exit(status);
  }

  static int run(
      String[] arguments,
      Map<String, String> variables,
      PrintWriter out,
      PrintWriter err,
      Consumer<Supplier<ApiServer>> serve) {
    SettingOptions options = new SettingOptions(ApiSettings.ALL, variables);
    CommandLine line = new CommandLine(new Main(options, serve));
    options.addTo(line.getCommandSpec());
    return line.setOut(out)
        .setErr(err)
        .setParameterExceptionHandler(Main::explain)
        .setExecutionExceptionHandler((failure, command, parsed) -> report(failure, err))
        .execute(arguments);
  }

  @Override
  public Integer call() {
    SettingValues settings = options.read();
    serve.accept(
        () -> ApiServer.start(settings, Limits.DEFAULT, metrics.join(), Clock.systemUTC()));
    return ExitCode.OK.status();
  }

  private static void serveUntilTerminated(Supplier<ApiServer> start) {
    CompletableFuture<ApiServer> server = new CompletableFuture<>();
    // The hook is added first, because a signal may arrive as soon as the server is ready.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "stop"));
    try {
      server.complete(start.get());
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      server.cancel(false); // has no effect if the server has started
    }
  }

  private static void stop(CompletableFuture<ApiServer> server) {
    try {
      server.join().stop(DRAIN);
      // Without this halt, a JVM that a signal ends exits with 143, which looks like a failure.
      Runtime.getRuntime().halt(ExitCode.OK.status());
    } catch (CancellationException e) {
      // The server did not start; main reports the cause and exits.
    } catch (InterruptedException | RuntimeException e) {
      LoggerFactory.getLogger(Main.class).atError().setCause(e).log("stop-failed");
      Runtime.getRuntime().halt(ExitCode.INTERNAL.status());
    }
  }

  private static int explain(ParameterException failure, String[] arguments) {
    failure
        .getCommandLine()
        .getErr()
        .println(CommandLineProblem.describe(failure, List.of(arguments)));
    return ExitCode.USAGE.status();
  }

  private static int report(Throwable failure, PrintWriter err) {
    if (failure instanceof SettingsException) {
      err.println(failure.getMessage());
      return ExitCode.USAGE.status();
    }
    LoggerFactory.getLogger(Main.class).atError().setCause(failure).log("internal-error");
    err.println(failure.getMessage() == null ? failure.toString() : failure.getMessage());
    return ExitCode.INTERNAL.status();
  }
}
