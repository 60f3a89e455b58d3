package mlopsprimer.checks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The files in a jar.
 *
 * @param checksums the CRC-32 of each file, by its name in the jar
 */
record Archive(Path jar, Map<String, Long> checksums) {
  static Archive of(Path jar) throws IOException {
    Map<String, Long> checksums = new TreeMap<>();
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      zip.stream()
          .filter(entry -> !entry.isDirectory())
          .forEach(entry -> checksums.put(entry.getName(), entry.getCrc()));
    }
    return new Archive(jar, checksums);
  }

  /** The files in a directory, as if they were in a jar. */
  static Archive ofDirectory(Path directory) throws IOException {
    Map<String, Long> checksums = new TreeMap<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        CRC32 checksum = new CRC32();
        checksum.update(Files.readAllBytes(file));
        checksums.put(directory.relativize(file).toString(), checksum.getValue());
      }
    }
    return new Archive(directory, checksums);
  }

  /** The classes that a jar with the libraries can have. */
  Map<String, Long> classes() {
    return only(name -> name.endsWith(".class") && !name.endsWith("module-info.class"));
  }

  Map<String, Long> only(Predicate<String> wanted) {
    Map<String, Long> some = new TreeMap<>(checksums);
    some.keySet().removeIf(wanted.negate());
    return some;
  }

  byte[] read(String name) {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      ZipEntry entry = zip.getEntry(name);
      if (entry == null) {
        throw new AssertionError("%s has no %s".formatted(jar, name));
      }
      try (InputStream in = zip.getInputStream(entry)) {
        return in.readAllBytes();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
