package mlopsprimer.nodeprovider;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import mlopsprimer.nodeprovider.Engine.Log;

/**
 * One app's image: Maven builds its jar, Jib puts that and the app's jvm.options on the base, and
 * writes an archive that containerd imports. No daemon, no registry (unless the base is in one),
 * and nothing of this machine or this moment in it: the same sources give the same bytes.
 */
final class ImageBuild {
  private static final String USER = "10001:10001";
  private static final int SIGINT = 2;
  private static final int SIGTERM = 15;

  /** Both apps' builds write apps/model/target. */
  private static final Object MAVEN = new Object();

  private final Path project;
  private final String module;
  private final BaseImage base;

  ImageBuild(Path project, String module, String base) {
    this.project = project;
    this.module = module;
    this.base = BaseImage.of(base);
  }

  /**
   * Has Maven build the jar, and what that needs, unless the one that is there came of the same
   * sources.
   */
  void jar(String sources, Log log) throws IOException, InterruptedException, NodeException {
    if (Files.exists(jar()) && recordOf(sources).equals(recorded())) {
      return;
    }
    // Maven would build on one that it was killed over.
    Files.deleteIfExists(jar());
    maven(log);
    requireStill(sources);
    Files.writeString(record(), recordOf(sources));
  }

  /** Otherwise the image of an edit would get the name of what was there before. */
  private void requireStill(String sources) throws IOException, NodeException {
    if (!new Sources(project).hash(module, base.name()).equals(sources)) {
      throw new NodeException(
          "%s was edited while it was being built: 'pulumi up' again".formatted(module));
    }
  }

  private Path jar() {
    String app = Path.of(module).getFileName().toString();
    return project.resolve(module).resolve("target/%s.jar".formatted(app));
  }

  private Path record() {
    return jar().resolveSibling("built-from");
  }

  private String recorded() throws IOException {
    return Files.exists(record()) ? Files.readString(record()) : "";
  }

  /** What the sources were, and what the jar is: somebody else may have built another since. */
  private String recordOf(String sources) throws IOException {
    return sources + " " + Sources.digestOf(jar());
  }

  private void maven(Log log) throws IOException, InterruptedException, NodeException {
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
      synchronized (MAVEN) {
        long start = System.nanoTime();
        Process maven =
            new ProcessBuilder(command)
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        int exit = maven.waitFor();
        if (exit == 128 + SIGTERM || exit == 128 + SIGINT) {
          throw new InterruptedException("Maven was ended");
        }
        if (exit != 0) {
          throw new NodeException(
              "%s does not build: '%s' in %s said:%n%s"
                  .formatted(module, String.join(" ", command), project, errorsIn(output)));
        }
        log.info("Maven built %s in %s".formatted(module, Seconds.since(start)));
      }
    } finally {
      Files.delete(output);
    }
  }

  /** Puts the jar that is there on the base; the archive appears whole or not at all. */
  String image(String reference, String sources, Path archive) throws Exception {
    Files.createDirectories(archive.getParent());
    Path part = Files.createTempFile(archive.getParent(), "image", ".part");
    try {
      JibContainer image = write(container(), reference, part);
      requireStill(sources);
      Files.move(part, archive, StandardCopyOption.ATOMIC_MOVE);
      return image.getDigest().toString();
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static String errorsIn(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log);
    List<String> errors = lines.stream().filter(line -> line.contains("ERROR")).limit(8).toList();
    List<String> last = lines.subList(Math.max(0, lines.size() - 8), lines.size());
    return String.join("\n", errors.isEmpty() ? last : errors);
  }

  private JibContainerBuilder container() throws IOException, InvalidImageReferenceException {
    return base.start()
        .addLayer(
            List.of(project.resolve(module).resolve("jvm.options"), jar()),
            AbsoluteUnixPath.get("/app"))
        .setEntrypoint("java", "@/app/jvm.options", "-jar", "/app/" + jar().getFileName())
        .setUser(USER)
        .setWorkingDirectory(AbsoluteUnixPath.get("/app"))
        .setFormat(ImageFormat.Docker)
        .setCreationTime(Instant.EPOCH);
  }

  private JibContainer write(JibContainerBuilder container, String reference, Path out)
      throws Exception {
    Path cache = Files.createDirectories(project.resolve("target/jib"));
    try {
      return container.containerize(
          Containerizer.to(TarImage.at(out).named(reference))
              .setOfflineMode(base.archive().isPresent())
              .setBaseImageLayersCache(cache)
              .setApplicationLayersCache(cache)
              .setToolName("mlops-primer"));
    } catch (RegistryException | IOException | ExecutionException e) {
      throw new NodeException(
          "%s cannot be built on %s: %s%nCheck the network and, for a registry that asks who you are, 'docker login'; or set baseImage to an archive: tar:///FILE"
              .formatted(reference, base.name(), e.getMessage()),
          e);
    }
  }
}
