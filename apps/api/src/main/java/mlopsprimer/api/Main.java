package mlopsprimer.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
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
import mlopsprimer.settings.Environment;
import mlopsprimer.settings.SettingsException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** The command line; the one place where failures become exit codes. */
@Command(
    name = "api",
    description = "Serves the champion of every ticker in a store over HTTP.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Every option may also be given by the variable of its name: --port is PORT.",
      "Exit codes: 0 stopped as asked, 1 internal, 2 settings."
    })
public final class Main implements Callable<Integer> {
  private static final int OK = 0;
  private static final int INTERNAL = 1;
  private static final int USAGE = 2;

  /** How long Kubernetes may take to tell every node that this pod is no longer ready. */
  private static final Duration DRAIN = Duration.ofSeconds(5);

  @Mixin private ApiOptions options;

  /**
   * Set up while the arguments are read, for Logback and Micrometer take longer than all the rest.
   */
  private final CompletableFuture<Metrics> metrics = CompletableFuture.supplyAsync(Metrics::new);

  private final Consumer<Supplier<ApiServer>> serve;

  private Main(Consumer<Supplier<ApiServer>> serve) {
    this.serve = serve;
  }

  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT); // figures read the same everywhere
    PrintWriter out = new PrintWriter(System.out, true, UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, UTF_8);
    int status;
    try {
      status = run(arguments, System.getenv(), out, err, Main::serveUntilTerminated);
    } catch (Throwable e) { // an Error too: half a server must not stay
      status = report(e, err);
    }
    System.exit(status);
  }

  static int run(
      String[] arguments,
      Map<String, String> variables,
      PrintWriter out,
      PrintWriter err,
      Consumer<Supplier<ApiServer>> serve) {
    Environment environment = new Environment(variables);
    return new CommandLine(new Main(serve))
        .setDefaultValueProvider(
            argument ->
                argument instanceof OptionSpec option
                        && !option.usageHelp()
                        && !option.versionHelp()
                    ? environment.valueOf(option.longestName()).orElse(null)
                    : null)
        .setOut(out)
        .setErr(err)
        .setParameterExceptionHandler((failure, line) -> explain(failure))
        .setExecutionExceptionHandler((failure, line, parsed) -> report(failure, err))
        .execute(arguments);
  }

  @Override
  public Integer call() {
    ApiSettings settings = ApiSettings.of(options);
    serve.accept(
        () -> ApiServer.start(settings, Limits.DEFAULT, metrics.join(), Clock.systemUTC()));
    return OK;
  }

  private static void serveUntilTerminated(Supplier<ApiServer> start) {
    CompletableFuture<ApiServer> server = new CompletableFuture<>();
    // Before it starts, for it may be terminated by whoever finds it ready.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "stop"));
    try {
      server.complete(start.get());
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      server.cancel(false); // without effect on one that started
    }
  }

  private static void stop(CompletableFuture<ApiServer> server) {
    try {
      server.join().stop(DRAIN);
      // A JVM that a signal ends exits with 143; one that stopped as it was asked to did well.
      Runtime.getRuntime().halt(OK);
    } catch (CancellationException e) {
      // It did not start; the exit code that says why is on its way.
    } catch (InterruptedException | RuntimeException e) {
      LoggerFactory.getLogger(Main.class).error("event=stop-failed", e);
      Runtime.getRuntime().halt(INTERNAL);
    }
  }

  private static int explain(ParameterException failure) {
    failure.getCommandLine().getErr().printf("%s; see api --help%n", failure.getMessage());
    return USAGE;
  }

  private static int report(Throwable failure, PrintWriter err) {
    if (failure instanceof SettingsException) {
      err.println(failure.getMessage());
      return USAGE;
    }
    LoggerFactory.getLogger(Main.class).error("event=internal-error", failure);
    err.println(failure.getMessage() == null ? failure.toString() : failure.getMessage());
    return INTERNAL;
  }
}
