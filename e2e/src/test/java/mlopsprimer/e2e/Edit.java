package mlopsprimer.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A change of one line of a source file. {@link #close} restores the file. */
final class Edit implements AutoCloseable {
  static final Path ROUTES =
      Shell.ROOT.resolve("apps/api/src/main/java/mlopsprimer/api/routes/HealthRoutes.java");
  private static final Path MAIN =
      Shell.ROOT.resolve("apps/api/src/main/java/mlopsprimer/api/Main.java");
  private static final String START = "SettingValues settings = options.read();";
  private static final String LIVE = "status(response, \"live\")";

  private final Path file;
  private final String before;

  private Edit(Path file, String before) {
    this.file = file;
    this.before = before;
  }

  /** Changes the status that the API's {@code /health/live} answers. */
  static Edit ofTheApi(String status) throws IOException {
    String before = Files.readString(ROUTES);
    assertThat(before).contains(LIVE);
    Files.writeString(ROUTES, before.replace(LIVE, "status(response, \"%s\")".formatted(status)));
    return new Edit(ROUTES, before);
  }

  /** Makes the API throw an exception with this message as soon as it starts. */
  static Edit crashOfTheApi(String message) throws IOException {
    String before = Files.readString(MAIN);
    assertThat(before).contains(START);
    Files.writeString(
        MAIN,
        before.replace(
            START,
            "if (true) { throw new IllegalStateException(\"%s\"); }\n    ".formatted(message)
                + START));
    return new Edit(MAIN, before);
  }

  @Override
  public void close() throws IOException {
    Files.writeString(file, before);
  }
}
