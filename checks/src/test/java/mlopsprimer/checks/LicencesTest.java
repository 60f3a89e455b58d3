package mlopsprimer.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import mlopsprimer.checks.Sbom.Library;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The licence texts in each program that is one jar. */
class LicencesTest {
  private static final String LICENCES = "META-INF/licenses/";

  /** The SPDX id of a licence that a library's pom names in its own way. */
  private static final Map<String, String> SPDX_IDS =
      Map.of("GNU General Public License 3", "GPL-3.0-or-later");

  /**
   * Licences whose text is the same for every library. The text of another licence names its owner.
   */
  private static final List<String> STANDARD =
      List.of("Apache-2.0", "CC0-1.0", "EPL-2.0", "GPL-3.0-or-later", "LGPL-2.1-only");

  @ParameterizedTest
  @ValueSource(strings = {"apps/trainer", "apps/api", "node-provider"})
  void theLicenceOfEveryLibraryIsInTheJar(String program) throws Exception {
    Archive jar = SbomTest.jar(program);
    Sbom sbom = Sbom.of(jar);
    assertThat(sbom.libraries()).hasSizeGreaterThan(10);

    for (Library library : sbom.libraries()) {
      if (licencesIn(jar, LICENCES + library.name() + "/").isEmpty()) {
        for (String licence : library.licences()) {
          String id = SPDX_IDS.getOrDefault(licence, licence);
          assertThat(STANDARD).as("licence of %s", library).contains(id);
          assertThat(jar.read(LICENCES + "spdx/" + id + ".txt")).hasSizeGreaterThan(5_000);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"apps/trainer", "apps/api", "node-provider"})
  void everyLicenceAndNoticeInALibraryIsInTheJar(String program) throws Exception {
    Archive jar = SbomTest.jar(program);

    for (Library library : Sbom.of(jar).libraries()) {
      Collection<Long> kept =
          jar.only(name -> name.startsWith(LICENCES + library.name() + "/")).values();
      Map<String, Long> own = Archive.of(library.file()).only(LicencesTest::isLicenceOrNotice);
      assertThat(kept).as("%s has %s", library, own.keySet()).containsAll(own.values());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"apps/trainer", "apps/api", "node-provider"})
  void theProjectsOwnLicenceIsInTheJar(String program) throws Exception {
    assertThat(SbomTest.jar(program).read(LICENCES + "mlops-primer/LICENSE"))
        .isEqualTo(Files.readAllBytes(Program.ROOT.resolve("LICENSE")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"apps/trainer", "apps/api", "node-provider"})
  void theJarHasLicencesOnlyOfWhatItContains(String program) throws Exception {
    Archive jar = SbomTest.jar(program);
    List<String> libraries = Sbom.of(jar).libraries().stream().map(Library::name).toList();

    assertThat(jar.only(name -> name.startsWith(LICENCES)).keySet())
        .extracting(name -> name.substring(LICENCES.length()).replaceFirst("/.*", ""))
        .isSubsetOf(Stream.concat(libraries.stream(), Stream.of("spdx", "mlops-primer")).toList());
  }

  private static Collection<String> licencesIn(Archive jar, String directory) {
    return jar.only(
            name -> name.startsWith(directory) && name.toUpperCase(Locale.ROOT).contains("LICENSE"))
        .keySet();
  }

  private static boolean isLicenceOrNotice(String name) {
    return name.toUpperCase(Locale.ROOT)
            .matches("(META-INF/)?(LICENSES?/)?[^/]*(LICEN[CS]E|NOTICE|COPYING)[^/]*")
        && !name.endsWith(".class");
  }
}
