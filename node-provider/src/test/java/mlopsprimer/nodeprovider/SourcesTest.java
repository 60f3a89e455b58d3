package mlopsprimer.nodeprovider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcesTest {
  private static final String BASE = "localhost/java@sha256:0";

  @TempDir Path project;

  @BeforeEach
  void twoAppsAndALibrary() throws IOException {
    write(
        "pom.xml",
        "<modules><module>lib</module><module>api</module><module>batch</module></modules>");
    write("lib/pom.xml", "<parent></parent><artifactId>model</artifactId>");
    write("lib/src/main/java/Model.java", "class Model {}");
    write("lib/src/test/java/ModelTest.java", "class ModelTest {}");
    for (String app : new String[] {"api", "batch"}) {
      write(
          app + "/pom.xml",
          """
          <parent></parent><artifactId>%s</artifactId>
          <dependency>
            <groupId>mlopsprimer</groupId>
            <artifactId>model</artifactId>
          """
              .formatted(app));
      write(app + "/src/main/java/Main.java", "class Main {}");
    }
  }

  @Test
  void theTagIsTwelveHexDigitsAndTheSameForTheSameSources() throws IOException {
    assertThat(tag("api")).matches("[0-9a-f]{12}").isEqualTo(tag("api"));
    assertThat(tag("api")).isNotEqualTo(tag("batch"));
  }

  @Test
  void aSourceThatIsEditedMakesAnotherTagForThatAppAlone() throws IOException {
    String api = tag("api");
    String batch = tag("batch");

    write("api/src/main/java/Main.java", "class Main { int x; }");

    assertThat(tag("api")).isNotEqualTo(api);
    assertThat(tag("batch")).isEqualTo(batch);
  }

  @Test
  void aLibraryThatBothNeedMakesAnotherTagForBoth() throws IOException {
    String api = tag("api");
    String batch = tag("batch");

    write("lib/src/main/java/Model.java", "class Model { int x; }");

    assertThat(tag("api")).isNotEqualTo(api);
    assertThat(tag("batch")).isNotEqualTo(batch);
  }

  @Test
  void datesAndTestsAreNoPartOfAnImage() throws IOException {
    String api = tag("api");

    Files.setLastModifiedTime(
        project.resolve("api/src/main/java/Main.java"), FileTime.fromMillis(0));
    write("lib/src/test/java/ModelTest.java", "class ModelTest { int x; }");

    assertThat(tag("api")).isEqualTo(api);
  }

  @Test
  void whatEditorsAndFileManagersLeaveBesideSourcesIsNoPartOfAnImage() throws IOException {
    String api = tag("api");

    for (String file : new String[] {".DS_Store", ".Main.java.swp", "Main.java~", "#Main.java#"}) {
      write("api/src/main/java/" + file, "x");
    }
    write(".mvn/.DS_Store", "x");

    assertThat(tag("api")).isEqualTo(api);
  }

  @Test
  void aBaseArchiveCountsByWhatIsInIt() throws IOException {
    write("base.tar", "one");
    String base = "tar://" + project.resolve("base.tar");
    String api = new Sources(project).hash("api", base);

    write("base.tar", "two");

    assertThat(new Sources(project).hash("api", base)).isNotEqualTo(api);
  }

  private String tag(String module) throws IOException {
    return new Sources(project).hash(module, BASE);
  }

  private void write(String file, String content) throws IOException {
    Path path = project.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
  }
}
