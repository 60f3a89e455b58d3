package mlopsprimer.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A change of one line of a source file, undone when it is closed. */
final class Edit implements AutoCloseable {
  static final Path ROUTES =
      Shell.ROOT.resolve("apps/api/src/main/java/mlopsprimer/api/Routes.java");
  private static final String LIVE = "status(response, \"live\")";

  private final Path file;
  private final String before;

  private Edit(Path file, String before) {
    this.file = file;
    this.before = before;
  }

  /** What the API's {@code /health/live} answers as its status. */
  static Edit ofTheApi(String status) throws IOException {
    String before = Files.readString(ROUTES);
    assertThat(before).contains(LIVE);
    Files.writeString(ROUTES, before.replace(LIVE, "status(response, \"%s\")".formatted(status)));
    return new Edit(ROUTES, before);
  }

  @Override
  public void close() throws IOException {
    Files.writeString(file, before);
  }
}
