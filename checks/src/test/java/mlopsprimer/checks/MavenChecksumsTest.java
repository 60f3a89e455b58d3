package mlopsprimer.checks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Maven refuses a download whose checksum is wrong, with the options of this checkout's .mvn. */
class MavenChecksumsTest {
  private static final String POM =
      """
      <project>
        <modelVersion>4.0.0</modelVersion>
        <groupId>example</groupId>
        <artifactId>%s</artifactId>
        <version>1</version>
        <packaging>pom</packaging>
        %s
      </project>
      """;

  @TempDir Path directory;
  private Path project;
  private Path parent;

  /** Makes a project with this checkout's .mvn, and a repository that has the project's parent. */
  @BeforeEach
  void makeProjectAndRepository() throws IOException {
    Path remote = directory.resolve("remote");
    parent = remote.resolve("example/parent/1/parent-1.pom");
    Files.createDirectories(parent.getParent());
    Files.writeString(parent, POM.formatted("parent", ""), UTF_8);
    project = Files.createDirectories(directory.resolve("project"));
    Files.createDirectories(project.resolve("infra"));
    Files.createDirectories(project.resolve(".mvn"));
    Files.copy(Program.ROOT.resolve(".mvn/maven.config"), project.resolve(".mvn/maven.config"));
    Files.copy(Program.ROOT.resolve("infra/mvnw"), project.resolve("infra/mvnw"));
    Files.writeString(
        project.resolve("pom.xml"),
        POM.formatted(
            "project",
            """
            <parent><groupId>example</groupId><artifactId>parent</artifactId><version>1</version><relativePath/></parent>
            <modules><module>infra</module></modules>
            <repositories><repository><id>remote</id><url>%s</url></repository></repositories>
            """
                .formatted(remote.toUri())),
        UTF_8);
    Files.writeString(project.resolve("infra/pom.xml"), POM.formatted("infra", ""), UTF_8);
    Files.writeString(directory.resolve("settings.xml"), "<settings/>", UTF_8);
  }

  @Test
  void aDownloadWithItsChecksumIsAccepted() throws Exception {
    writeChecksum(Files.readAllBytes(parent));

    assertThat(maven("cd project && mvn")).contains("exit 0");
  }

  @Test
  void aDownloadWithAnotherChecksumFailsTheBuild() throws Exception {
    writeChecksum("another file".getBytes(UTF_8));

    assertThat(maven("cd project && mvn")).contains("Checksum validation failed", "exit 1");
  }

  @Test
  void aDownloadWithAnotherChecksumFailsTheBuildThatPulumiStarts() throws Exception {
    writeChecksum("another file".getBytes(UTF_8));

    assertThat(maven("cd project/infra && ./mvnw"))
        .contains("Checksum validation failed", "exit 1");
  }

  private void writeChecksum(byte[] file) throws Exception {
    Files.writeString(
        parent.resolveSibling(parent.getFileName() + ".sha1"),
        HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(file)),
        UTF_8);
  }

  /** Output and exit code of a command of Maven that starts from the test's directory. */
  private String maven(String command) throws Exception {
    String line =
        "cd %s && %s --batch-mode -s %s/settings.xml -gs %s/settings.xml -Dmaven.repo.local=%s/local validate 2>&1; echo exit $?"
            .formatted(directory, command, directory, directory, directory);
    try (Program program = Program.shell(line, Map.of("MAVEN_ARGS", "", "MAVEN_OPTS", ""))) {
      program.exitCode(Duration.ofMinutes(2));
      return program.output();
    }
  }
}
