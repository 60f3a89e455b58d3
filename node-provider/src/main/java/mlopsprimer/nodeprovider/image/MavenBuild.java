package mlopsprimer.nodeprovider.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mlopsprimer.nodeprovider.rpc.Elapsed;
import mlopsprimer.nodeprovider.rpc.Log;
import mlopsprimer.nodeprovider.rpc.ResourceException;

/** Runs Maven for one module and the modules that it needs. */
final class MavenBuild {
  private static final int SIGINT = 2;
  private static final int SIGTERM = 15;

  /**
   * Lock for one build at a time, because two builds would write to the same target directories.
   */
  private static final Object ONE_AT_A_TIME = new Object();

  private MavenBuild() {}

  /**
   * Packages the module without its tests.
   *
   * @throws ResourceException if the module does not build; the message has Maven's errors
   * @throws InterruptedException if a signal ended Maven
   */
  static void run(Path project, String module, Log log)
      throws IOException, InterruptedException, ResourceException {
    List<String> command =
        new ArrayList<>(List.of("mvn", "--batch-mode", "--quiet", "-Dstyle.color=never"));
    String options = System.getenv("MAVEN_ARGS");
    if (options != null && !options.isBlank()) {
      command.addAll(List.of(options.strip().split("\\s+")));
    }
    command.addAll(
        List.of("package", "-Dmaven.test.skip=true", "--projects", module, "--also-make"));
    Path output = Files.createTempFile("maven", ".log");
    try {
      synchronized (ONE_AT_A_TIME) {
        long start = System.nanoTime();
        Process maven =
            new ProcessBuilder(command)
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        int exit = maven.waitFor();
        if (exit == 128 + SIGTERM || exit == 128 + SIGINT) {
          throw new InterruptedException("a signal ended Maven");
        }
        if (exit != 0) {
          throw new ResourceException(
              "%s does not build: correct its sources, then run 'pulumi up' again. '%s' in %s printed:%n%s"
                  .formatted(module, String.join(" ", command), project, errorsIn(output)));
        }
        log.info("Maven built %s in %s".formatted(module, Elapsed.since(start)));
      }
    } finally {
      Files.delete(output);
    }
  }

  private static String errorsIn(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log);
    List<String> errors = lines.stream().filter(line -> line.contains("ERROR")).limit(8).toList();
    List<String> last = lines.subList(Math.max(0, lines.size() - 8), lines.size());
    return String.join("\n", errors.isEmpty() ? last : errors);
  }
}
