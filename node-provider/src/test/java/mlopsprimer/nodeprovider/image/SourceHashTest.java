package mlopsprimer.nodeprovider.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceHashTest {
  private static final BaseImage BASE = BaseImage.of("localhost/java@sha256:0");

  @TempDir Path project;

  @BeforeEach
  void twoAppsAndTheModulesThatTheyNeed() throws IOException {
    write(
        "pom.xml",
        """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modules>
            <module>base</module><module>lib</module><module>api</module><module>batch</module>
          </modules>
        </project>
        """);
    write("base/pom.xml", pom("contract", ""));
    write("base/src/main/java/Ticker.java", "class Ticker {}");
    write("lib/pom.xml", pom("model", needs("contract", "")));
    write("lib/src/main/java/Model.java", "class Model {}");
    write("lib/src/test/java/ModelTest.java", "class ModelTest {}");
    for (String app : new String[] {"api", "batch"}) {
      write(app + "/pom.xml", pom(app, needs("model", "")));
      write(app + "/src/main/java/Main.java", "class Main {}");
    }
  }

  @Test
  void equalSourcesGiveEqualTwelveHexDigits() throws IOException {
    assertThat(tag("api")).matches("[0-9a-f]{12}").isEqualTo(tag("api"));
    assertThat(tag("api")).isNotEqualTo(tag("batch"));
  }

  @Test
  void aChangeOfAModuleThatIsNeededThroughAnotherChangesTheTagsOfBothApps() throws IOException {
    String api = tag("api");
    String batch = tag("batch");

    write("base/src/main/java/Ticker.java", "class Ticker { int x; }");

    assertThat(tag("api")).isNotEqualTo(api);
    assertThat(tag("batch")).isNotEqualTo(batch);
  }

  @Test
  void aChangeOfTheContractOfThisCheckoutChangesTheTagsOfBothApps() throws IOException {
    MavenModules checkout = new MavenModules(Path.of("").toAbsolutePath().getParent());

    assertThat(checkout.withNeeded("apps/api")).contains("apps/api", "apps/model", "contract");
    assertThat(checkout.withNeeded("apps/trainer"))
        .contains("apps/trainer", "apps/model", "contract");
  }

  @Test
  void aModuleThatOnlyTestsNeedDoesNotChangeTheTag() throws IOException {
    write("api/pom.xml", pom("api", needs("batch", "<scope>test</scope>")));
    String api = tag("api");

    write("batch/src/main/java/Main.java", "class Main { int x; }");

    assertThat(tag("api")).isEqualTo(api);
  }

  @Test
  void aDependencyInACommentIsIgnored() throws IOException {
    write("api/pom.xml", pom("api", "<!-- %s -->".formatted(needs("batch", ""))));
    String api = tag("api");

    write("batch/src/main/java/Main.java", "class Main { int x; }");

    assertThat(tag("api")).isEqualTo(api);
  }

  @Test
  void theErrorNamesAPomThatIsNotXml() throws IOException {
    write("api/pom.xml", "<project>");

    assertThatThrownBy(() -> tag("api"))
        .hasMessageContaining(project.resolve("api/pom.xml") + " is not valid XML");
  }

  @Test
  void anEditedSourceChangesOnlyTheTagOfItsApp() throws IOException {
    String api = tag("api");
    String batch = tag("batch");

    write("api/src/main/java/Main.java", "class Main { int x; }");

    assertThat(tag("api")).isNotEqualTo(api);
    assertThat(tag("batch")).isEqualTo(batch);
  }

  @Test
  void aChangeOfALibraryChangesTheTagsOfBothApps() throws IOException {
    String api = tag("api");
    String batch = tag("batch");

    write("lib/src/main/java/Model.java", "class Model { int x; }");

    assertThat(tag("api")).isNotEqualTo(api);
    assertThat(tag("batch")).isNotEqualTo(batch);
  }

  @Test
  void fileDatesAndTestsAreIgnored() throws IOException {
    String api = tag("api");

    Files.setLastModifiedTime(
        project.resolve("api/src/main/java/Main.java"), FileTime.fromMillis(0));
    write("lib/src/test/java/ModelTest.java", "class ModelTest { int x; }");

    assertThat(tag("api")).isEqualTo(api);
  }

  @Test
  void temporaryFilesOfEditorsAndFileManagersAreIgnored() throws IOException {
    String api = tag("api");

    for (String file : new String[] {".DS_Store", ".Main.java.swp", "Main.java~", "#Main.java#"}) {
      write("api/src/main/java/" + file, "x");
    }
    write(".mvn/.DS_Store", "x");

    assertThat(tag("api")).isEqualTo(api);
  }

  @Test
  void theContentOfABaseArchiveChangesTheTag() throws IOException {
    write("base.tar", "one");
    BaseImage base = BaseImage.of("tar://" + project.resolve("base.tar"));
    String api = new SourceHash(project).of("api", base);

    write("base.tar", "two");

    assertThat(new SourceHash(project).of("api", base)).isNotEqualTo(api);
  }

  private static String pom(String artifact, String dependencies) {
    return """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <parent><artifactId>parent</artifactId></parent>
          <artifactId>%s</artifactId>
          <dependencies>%s</dependencies>
        </project>
        """
        .formatted(artifact, dependencies);
  }

  private static String needs(String artifact, String scope) {
    return """
        <dependency>
          <artifactId>%s</artifactId>
          <groupId>mlopsprimer</groupId>
          %s
        </dependency>
        """
        .formatted(artifact, scope);
  }

  private String tag(String module) throws IOException {
    return new SourceHash(project).of(module, BASE);
  }

  private void write(String file, String content) throws IOException {
    Path path = project.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
  }
}
