package mlopsprimer.nodeprovider.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import mlopsprimer.contract.Sha256;

/**
 * A hash of all inputs of an image. The inputs of the image of one Maven module are the base image,
 * the classes that decide what the image contains, the parent pom, .mvn and LICENSE, and the poms,
 * main sources and jvm.options of the module and of all modules that it needs. Tests, file dates,
 * other modules and the temporary files of editors and file managers are not inputs.
 */
final class SourceHash {
  private static final int HEX_DIGITS = 12;

  /**
   * The classes that decide what an image contains. A change of these classes can change every
   * image.
   */
  private static final List<Class<?>> RECIPE =
      List.of(MavenBuild.class, AppImage.class, ImageContent.class, BaseImage.class);

  /** The same for the image of a program. */
  private static final List<Class<?>> SERVER_RECIPE =
      List.of(ServerImage.class, ImageContent.class, BaseImage.class);

  /** The same for an image that is complete in an archive. */
  private static final List<Class<?>> COMPLETE_RECIPE =
      List.of(CompleteImage.class, ImageContent.class, BaseImage.class);

  private final Path project;

  SourceHash(Path project) {
    this.project = project;
  }

  /** The hash of the image that the arguments describe. */
  String of(ImageArgs args) throws IOException {
    if (args.isComplete()) {
      return end(start(args.baseImage().identity(), COMPLETE_RECIPE));
    }
    return args.module() == null
        ? ofProgram(project.resolve(args.program()), args.baseImage())
        : of(args.module(), args.baseImage());
  }

  private static String ofProgram(Path program, BaseImage base) throws IOException {
    MessageDigest digest = start(base.identity(), SERVER_RECIPE);
    digest.update(FileDigest.of(program).getBytes(UTF_8));
    return end(digest);
  }

  /** The first 12 hex digits of the SHA-256 of all inputs. */
  String of(String module, BaseImage base) throws IOException {
    MessageDigest digest = start(module + "\0" + base.identity() + "\0", RECIPE);
    for (Path file : files(module)) {
      digest.update((project.relativize(file) + "\0" + FileDigest.of(file) + "\0").getBytes(UTF_8));
    }
    return end(digest);
  }

  private static MessageDigest start(String inputs, List<Class<?>> recipe) throws IOException {
    MessageDigest digest = Sha256.newDigest();
    digest.update(inputs.getBytes(UTF_8));
    for (Class<?> step : recipe) {
      try (InputStream bytecode = step.getResourceAsStream(step.getSimpleName() + ".class")) {
        digest.update(bytecode.readAllBytes());
      }
    }
    return digest;
  }

  private static String end(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest()).substring(0, HEX_DIGITS);
  }

  private Set<Path> files(String module) throws IOException {
    Set<Path> files = new TreeSet<>();
    files.add(project.resolve("pom.xml"));
    addAll(files, project.resolve(".mvn"));
    addAll(files, project.resolve("LICENSE"));
    for (String needed : new MavenModules(project).withNeeded(module)) {
      Path directory = project.resolve(needed);
      files.add(directory.resolve("pom.xml"));
      addAll(files, directory.resolve("src/main"));
      addAll(files, directory.resolve("jvm.options"));
    }
    return files;
  }

  private static void addAll(Set<Path> files, Path start) throws IOException {
    if (Files.exists(start)) {
      try (Stream<Path> found = Files.walk(start)) {
        found.filter(Files::isRegularFile).filter(SourceHash::counts).forEach(files::add);
      }
    }
  }

  /** Whether a file is an input. Files such as .DS_Store, .Main.java.swp and Main.java~ are not. */
  private static boolean counts(Path file) {
    return !file.getFileName().toString().matches("[.#].*|.*~");
  }
}
