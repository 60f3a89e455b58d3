package mlopsprimer.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import mlopsprimer.checks.Sbom.Library;
import mlopsprimer.contract.Sha256;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The SBOM of each program that is one jar, compared with the jar. If a test fails after a change
 * of the dependencies, run 'make sbom'.
 */
class SbomTest {
  private static final Path ROOT = Program.ROOT;

  @ParameterizedTest
  @ValueSource(strings = {"apps/trainer", "apps/api", "node-provider"})
  void everyClassOfTheJarIsFromTheSbom(String program) throws Exception {
    Archive jar = jar(program);
    Map<String, Set<Long>> known = new TreeMap<>();
    for (Archive part : parts(program, Sbom.of(jar))) {
      part.classes()
          .forEach((name, crc) -> known.computeIfAbsent(name, unused -> new HashSet<>()).add(crc));
    }

    Map<String, Long> unknown = new TreeMap<>(jar.classes());
    unknown
        .entrySet()
        .removeIf(file -> known.getOrDefault(file.getKey(), Set.of()).contains(file.getValue()));
    assertThat(unknown.keySet()).isEmpty();
    assertThat(jar.classes()).hasSizeGreaterThan(1000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"apps/trainer", "apps/api", "node-provider"})
  void everyLibraryOfTheSbomIsInTheJar(String program) throws Exception {
    Archive jar = jar(program);

    for (Archive part : parts(program, Sbom.of(jar))) {
      assertThat(jar.classes().keySet()).as("%s", part.jar()).containsAll(part.classes().keySet());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"apps/trainer", "apps/api", "node-provider"})
  void theSbomNamesEachLibraryByPackageUrlChecksumAndLicence(String program) throws Exception {
    for (Library library : Sbom.of(jar(program)).libraries()) {
      assertThat(library.purl())
          .isEqualTo(
              "pkg:maven/%s/%s@%s?type=jar"
                  .formatted(library.group(), library.name(), library.version()));
      assertThat(library.sha256()).as("%s", library).isEqualTo(Sha256.hex(library.bytes()));
      assertThat(library.licences()).as("%s", library).isNotEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"apps/trainer", "apps/api", "node-provider"})
  void theSbomHasNoDateAndNoSerialNumber(String program) throws Exception {
    Sbom sbom = Sbom.of(jar(program));

    assertThat(sbom.json().keySet()).doesNotContain("serialNumber");
    assertThat(sbom.json().getAsJsonObject("metadata").keySet()).doesNotContain("timestamp");
  }

  static Archive jar(String program) throws IOException {
    return Archive.of(
        ROOT.resolve(program).resolve("target").resolve(Path.of(program).getFileName() + ".jar"));
  }

  private static List<Archive> parts(String program, Sbom sbom) throws IOException {
    List<Archive> parts = new ArrayList<>();
    parts.add(Archive.ofDirectory(ROOT.resolve(program).resolve("target/classes")));
    for (Library module : sbom.modules()) {
      Path directory = ROOT.resolve(module.name());
      parts.add(
          Archive.ofDirectory(
              (Files.exists(directory) ? directory : ROOT.resolve("apps").resolve(module.name()))
                  .resolve("target/classes")));
    }
    for (Library library : sbom.libraries()) {
      parts.add(Archive.of(library.file()));
    }
    return parts;
  }
}
