package mlopsprimer.nodeprovider;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What an image of one Maven module is made from: its own poms, main sources and jvm.options, those
 * of the modules that it needs, the base image, and what puts all that together. Tests, dates and
 * other modules are no part of it, nor is what editors and file managers leave beside sources.
 */
final class Sources {
  /** Who edits these wants other images of the same sources. */
  private static final List<Class<?>> RECIPE = List.of(ImageBuild.class, BaseImage.class);

  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
  private static final Pattern OURS =
      Pattern.compile(
          "<dependency>\\s*<groupId>mlopsprimer</groupId>\\s*<artifactId>([^<]+)</artifactId>");
  private static final Pattern ARTIFACT =
      Pattern.compile("</parent>.*?<artifactId>([^<]+)</artifactId>", Pattern.DOTALL);

  private final Path project;

  Sources(Path project) {
    this.project = project;
  }

  /** The first 12 hex digits of a SHA-256 over everything that goes into the image. */
  String hash(String module, String base) throws IOException {
    MessageDigest digest = sha256();
    digest.update((module + "\0" + BaseImage.of(base).identity() + "\0").getBytes(UTF_8));
    for (Class<?> step : RECIPE) {
      try (InputStream bytecode = step.getResourceAsStream(step.getSimpleName() + ".class")) {
        digest.update(bytecode.readAllBytes());
      }
    }
    for (Path file : files(module)) {
      digest.update((project.relativize(file) + "\0" + digestOf(file) + "\0").getBytes(UTF_8));
    }
    return HexFormat.of().formatHex(digest.digest()).substring(0, 12);
  }

  private Set<Path> files(String module) throws IOException {
    Set<Path> files = new TreeSet<>();
    files.add(project.resolve("pom.xml"));
    addAll(files, project.resolve(".mvn"));
    for (String needed : withNeeded(module, modules(), new TreeSet<>())) {
      Path directory = project.resolve(needed);
      files.add(directory.resolve("pom.xml"));
      addAll(files, directory.resolve("src/main"));
      addAll(files, directory.resolve("jvm.options"));
    }
    return files;
  }

  /** The directory of each module, by its artifact's name. */
  private Map<String, String> modules() throws IOException {
    Map<String, String> modules = new TreeMap<>();
    for (MatchResult module :
        MODULE.matcher(Files.readString(project.resolve("pom.xml"))).results().toList()) {
      String directory = module.group(1);
      ARTIFACT
          .matcher(Files.readString(project.resolve(directory).resolve("pom.xml")))
          .results()
          .findFirst()
          .ifPresent(artifact -> modules.put(artifact.group(1), directory));
    }
    return modules;
  }

  private Set<String> withNeeded(String module, Map<String, String> modules, Set<String> found)
      throws IOException {
    if (found.add(module)) {
      String pom = Files.readString(project.resolve(module).resolve("pom.xml"));
      for (MatchResult needed : OURS.matcher(pom).results().toList()) {
        if (modules.containsKey(needed.group(1))) {
          withNeeded(modules.get(needed.group(1)), modules, found);
        }
      }
    }
    return found;
  }

  private static void addAll(Set<Path> files, Path start) throws IOException {
    if (Files.exists(start)) {
      try (Stream<Path> found = Files.walk(start)) {
        found.filter(Files::isRegularFile).filter(Sources::counts).forEach(files::add);
      }
    }
  }

  /** Neither .DS_Store nor .Main.java.swp, Main.java~ or #Main.java#. */
  private static boolean counts(Path file) {
    return !file.getFileName().toString().matches("[.#].*|.*~");
  }

  static String digestOf(Path file) throws IOException {
    MessageDigest digest = sha256();
    try (InputStream content = new DigestInputStream(Files.newInputStream(file), digest)) {
      content.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
