package mlopsprimer.nodeprovider.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.TarImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import mlopsprimer.nodeprovider.rpc.RecordedLog;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds the API's image from this checkout's sources with Maven and Jib. */
class ImageResourceTest {
  private static final Path CHECKOUT = Path.of("").toAbsolutePath().getParent();
  private static final String ROUTES = "apps/api/src/main/java/mlopsprimer/api/routes/Routes.java";

  @TempDir Path home;
  private final RecordedLog log = new RecordedLog();

  @BeforeEach
  void writeABaseImage() throws Exception {
    Jib.fromScratch()
        .containerize(
            Containerizer.to(TarImage.at(home.resolve("base.tar")).named("localhost/base"))
                .setOfflineMode(true)
                .setApplicationLayersCache(home.resolve("jib")));
  }

  @Test
  void theSameSourcesInAnotherDirectoryOnAnotherDayGiveTheSameBytes() throws Exception {
    Path here = checkout("here", Instant.parse("2026-11-02T10:00:00Z"));
    Path there = checkout("there/and elsewhere", Instant.parse("2019-03-04T23:59:58Z"));

    ImageState one = create(here);
    ImageState other = create(there);

    assertThat(other.reference())
        .isEqualTo(one.reference())
        .matches("localhost/ml-api:[0-9a-f]{12}");
    assertThat(other.digest()).isEqualTo(one.digest()).startsWith("sha256:");
    assertThat(other.archive()).isEqualTo(one.archive()).startsWith("target/images/ml-api-");
    assertThat(here.resolve(one.archive())).hasSameBinaryContentAs(there.resolve(other.archive()));
    assertThat(Files.size(here.resolve(one.archive()))).isGreaterThan(1 << 20);
  }

  @Test
  void onlyTheMissingPartsOfAnImageAreBuiltAgain() throws Exception {
    Path here = checkout("here", Instant.parse("2026-11-02T10:00:00Z"));
    ImageState one = create(here);

    log.messages().clear();
    assertThat(create(here)).isEqualTo(one);
    assertThat(log.messages()).containsExactly(one.reference() + " is built already");

    Files.delete(here.resolve(one.archive()));
    assertThat(new ImageResource(here).read(one, log)).as("an image without its archive").isEmpty();

    log.messages().clear();
    assertThat(create(here)).as("built from the existing jar").isEqualTo(one);
    assertThat(log.messages()).noneMatch(line -> line.contains("Maven"));

    Files.writeString(here.resolve("apps/api/target/for-images/api.jar"), "a jar of other sources");
    new ImageResource(here).delete(one, log);
    assertThat(create(here)).as("built from a new jar").isEqualTo(one);
    assertThat(log.messages()).anyMatch(line -> line.contains("Maven built apps/api"));
  }

  /** An IDE, or another command of the user, may run Maven in the same checkout at any time. */
  @Test
  void anImageDoesNotContainTheHalfJarOfAnotherMaven() throws Exception {
    Path here = checkout("here", Instant.parse("2026-11-02T10:00:00Z"));
    ImageState one = create(here);
    new ImageResource(here).delete(one, log);
    Path halfJar = Files.createDirectories(here.resolve("apps/api/target")).resolve("api.jar");
    Files.writeString(halfJar, "PK, and the rest is still to come");

    assertThat(create(here).digest()).isEqualTo(one.digest());
    assertThat(halfJar)
        .as("the jar of the other Maven")
        .hasContent("PK, and the rest is still to come");
  }

  @Test
  void whatAKilledBuildLeftIsDeletedWithTheStack() throws Exception {
    Path images = Files.createDirectories(home.resolve("target/images"));
    for (String left :
        List.of(
            "ml-api-0123456789ab.tar",
            "ml-api-0123456789ab.tar.digest",
            "ml-api-0123456789ab77.part",
            "prod-ml-api-0123456789ab.tar")) {
      Files.writeString(images.resolve(left), "");
    }

    ImageArchives.of(home).deleteAll("localhost/ml-api");

    assertThat(images)
        .as("the archive of another stack")
        .isDirectoryNotContaining("glob:**/ml-api*")
        .isDirectoryContaining("glob:**/prod-ml-api-0123456789ab.tar");
  }

  @Test
  void theErrorNamesASourceThatDoesNotCompile() throws Exception {
    Path project = checkout("broken", Instant.now());
    Files.writeString(project.resolve(ROUTES), "clas Routes {}");

    assertThatThrownBy(() -> create(project))
        .hasMessageContaining("apps/api does not build: correct its sources")
        .hasMessageContaining("'mvn --batch-mode")
        .hasMessageContaining("Routes.java:[1,1]");
    assertThat(project.resolve("target/images")).doesNotExist();
  }

  @Test
  void aModuleAndABaseThatDoNotExistAreReportedTogether() {
    Map<String, String> problems =
        new ImageResource(home)
            .problemsWith(args("apps/nothing", "tar://" + home.resolve("none.tar")));

    assertThat(problems.get("module")).contains("apps/nothing is not a Maven module");
    assertThat(problems.get("base")).contains("none.tar does not exist");
  }

  @Test
  void aPreviewKnowsTheNameOfAnImageThatIsNotBuiltYet() throws Exception {
    Path project = checkout("new", Instant.now());

    ImageResource images = new ImageResource(project);

    ImageState preview = images.preview(images.completed(args("apps/api", base())));

    assertThat(preview.reference()).matches("localhost/ml-api:[0-9a-f]{12}");
    assertThat(preview.digest()).isNull();
    assertThat(preview.archive()).isNull();
  }

  private ImageState create(Path project) throws Exception {
    ImageResource images = new ImageResource(project);
    ImageArgs args = args("apps/api", base());
    assertThat(images.problemsWith(args)).isEmpty();
    return images.create(images.completed(args), log);
  }

  private String base() {
    return "tar://" + home.resolve("base.tar");
  }

  /** A copy of the files that the image is made from, all with the same date. */
  private Path checkout(String name, Instant date) throws IOException {
    Path copy = home.resolve(name);
    copy(CHECKOUT.resolve(".mvn"), copy.resolve(".mvn"));
    for (String module : new MavenModules(CHECKOUT).withNeeded("apps/api")) {
      copy(CHECKOUT.resolve(module + "/src/main"), copy.resolve(module + "/src/main"));
    }
    copy(CHECKOUT.resolve("apps/api/jvm.options"), copy.resolve("apps/api/jvm.options"));
    for (Path pom : poms()) {
      copy(pom, copy.resolve(CHECKOUT.relativize(pom).toString()));
    }
    try (Stream<Path> files = Files.walk(copy)) {
      for (Path file : files.toList()) {
        Files.setLastModifiedTime(file, FileTime.from(date));
      }
    }
    return copy;
  }

  /** The poms of all modules. Maven reads all of them for the build of one module. */
  private static List<Path> poms() throws IOException {
    try (Stream<Path> files = Files.walk(CHECKOUT, 3)) {
      return files
          .filter(file -> file.endsWith("pom.xml"))
          .filter(file -> !file.toString().contains("/target/"))
          .toList();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }

  private static ImageArgs args(String module, String base) {
    return new ImageArgs("localhost/ml-api", module, null, base, null, null, null, null);
  }
}
