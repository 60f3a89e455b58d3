package mlopsprimer.nodeprovider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API's image, from this checkout's sources, with Maven and Jib. */
class ImageKindTest {
  private static final Path CHECKOUT = Path.of("").toAbsolutePath().getParent();
  private static final List<String> MODULES =
      List.of(
          "apps/model",
          "apps/trainer",
          "apps/api",
          "node-provider",
          "infra",
          "bench",
          "checks",
          "e2e");
  private static final String ROUTES = "apps/api/src/main/java/mlopsprimer/api/Routes.java";

  @TempDir Path home;
  private final ImageKind kind = new ImageKind();
  private final List<String> log = new ArrayList<>();

  @BeforeEach
  void aBase() throws Exception {
    Jib.fromScratch()
        .containerize(
            Containerizer.to(TarImage.at(home.resolve("base.tar")).named("localhost/base"))
                .setOfflineMode(true)
                .setApplicationLayersCache(home.resolve("jib")));
  }

  // Fault 61: two clean builds on different paths and dates.
  @Test
  void theSameSourcesInAnotherDirectoryOnAnotherDayAreTheSameImageAndTheSameBytes()
      throws Exception {
    Path here = checkout("here", Instant.parse("2026-11-02T10:00:00Z"));
    Path there = checkout("there/and elsewhere", Instant.parse("2019-03-04T23:59:58Z"));

    Properties one = create(here);
    Properties other = create(there);

    assertThat(other.text("reference"))
        .isEqualTo(one.text("reference"))
        .matches("localhost/ml-api:[0-9a-f]{12}");
    assertThat(other.text("digest")).isEqualTo(one.text("digest")).startsWith("sha256:");
    assertThat(Path.of(one.text("archive")))
        .hasSameBinaryContentAs(Path.of(other.text("archive")))
        .startsWith(here);
    assertThat(Files.size(Path.of(one.text("archive")))).isGreaterThan(1 << 20);

    log.clear();
    assertThat(create(here)).isEqualTo(one);
    assertThat(log).containsExactly(one.text("reference") + " is built already");

    Files.delete(Path.of(one.text("archive")));
    assertThat(kind.read(one, log::add)).as("an archive that is gone").isEmpty();

    log.clear();
    assertThat(create(here)).as("built of the jar that is there").isEqualTo(one);
    assertThat(log).noneMatch(line -> line.contains("Maven"));

    Files.writeString(here.resolve("apps/api/target/api.jar"), "of something else");
    kind.delete(one, log::add);
    assertThat(create(here)).as("built of a jar that is right").isEqualTo(one);
    assertThat(log).anyMatch(line -> line.contains("Maven built apps/api"));
  }

  @Test
  void aSourceThatDoesNotCompileIsNamedAndNoImageIsLeft() throws Exception {
    Path project = checkout("broken", Instant.now());
    Files.writeString(project.resolve(ROUTES), "clas Routes {}");

    assertThatThrownBy(() -> create(project))
        .hasMessageContaining("apps/api does not build: 'mvn --batch-mode")
        .hasMessageContaining("Routes.java:[1,1]");
    assertThat(project.resolve("target/images")).doesNotExist();
  }

  @Test
  void aModuleAndABaseThatDoNotExistAreToldTogether() {
    assertThatThrownBy(
            () -> kind.check(inputs(home, "apps/nothing", "tar://" + home.resolve("none.tar"))))
        .isInstanceOf(InvalidInputs.class)
        .hasMessageContaining("apps/nothing is no Maven module")
        .hasMessageContaining("none.tar does not exist");
  }

  private Properties create(Path project) throws Exception {
    Properties inputs =
        kind.check(inputs(project, "apps/api", "tar://" + home.resolve("base.tar")));
    return kind.create(inputs, log::add);
  }

  /** What the image is made of, and no more, with every file dated alike. */
  private Path checkout(String name, Instant date) throws IOException {
    Path copy = home.resolve(name);
    for (String part : List.of(".mvn", "apps/model/src/main", "apps/api/src/main")) {
      copy(CHECKOUT.resolve(part), copy.resolve(part));
    }
    copy(CHECKOUT.resolve("apps/api/jvm.options"), copy.resolve("apps/api/jvm.options"));
    copy(CHECKOUT.resolve("pom.xml"), copy.resolve("pom.xml"));
    for (String module : MODULES) {
      copy(CHECKOUT.resolve(module + "/pom.xml"), copy.resolve(module + "/pom.xml"));
    }
    try (Stream<Path> files = Files.walk(copy)) {
      for (Path file : files.toList()) {
        Files.setLastModifiedTime(file, FileTime.from(date));
      }
    }
    return copy;
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

  private static Properties inputs(Path project, String module, String base) {
    return new Properties(
        Struct.newBuilder()
            .putFields("name", text("localhost/ml-api"))
            .putFields("module", text(module))
            .putFields("project", text(project.toString()))
            .putFields("base", text(base))
            .build());
  }

  private static Value text(String value) {
    return Value.newBuilder().setStringValue(value).build();
  }
}
