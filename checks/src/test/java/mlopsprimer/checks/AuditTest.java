package mlopsprimer.checks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The search for known vulnerabilities, without a network. */
class AuditTest {
  private static final String ADVISORY =
      """
      {"schema_version": "1.6.0", "id": "%1$s", "modified": "2026-01-01T00:00:00Z",
       "affected": [{"package": {"ecosystem": "Maven", "name": "%2$s"},
         "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}]}]}]}
      """;

  @TempDir Path directory;

  @Test
  void anAuditWithoutItsDataFails() throws Exception {
    assertThat(audit(standIn("echo 'Total 0 packages affected'")))
        .contains("Maven/all.zip is missing", "says nothing about vulnerabilities", "exit 2")
        .doesNotContain("nothing was found");
  }

  @Test
  void anAuditWithDamagedDataFails() throws Exception {
    Files.createDirectories(directory.resolve("Maven"));
    Files.writeString(directory.resolve("Maven/all.zip"), "no zip file", UTF_8);

    assertThat(audit(standIn("echo 'Total 0 packages affected'")))
        .contains("no zip file with advisories", "exit 2");
  }

  @Test
  void anAuditWhoseScannerFailsDoesNotSayThatNothingWasFound() throws Exception {
    writeAdvisory("TEST-1", "com.google.code.gson:gson");

    assertThat(
            audit(
                standIn(
                    "echo 'Total 0 packages affected by 0 known vulnerabilities'; echo 'could not load db' >&2; exit 127")))
        .contains("osv-scanner ended with 127: could not load db", "exit 2")
        .doesNotContain("0 known vulnerabilities");
  }

  @Test
  void anAuditWhoseScannerReadNoLibraryFails() throws Exception {
    writeAdvisory("TEST-1", "com.google.code.gson:gson");

    assertThat(audit(standIn("exit 0"))).contains("read no library", "exit 2");
  }

  @Test
  void anAuditReportsAVulnerabilityOfALibraryThatAJarContains() throws Exception {
    writeAdvisory("TEST-1", "com.google.code.gson:gson");

    assertThat(audit(realScanner()))
        .contains("TEST-1", "| gson ", "apps/api/", "apps/trainer/", "exit 1");
  }

  @Test
  void anAuditAcceptsAVulnerabilityOfALibraryThatNoJarContains() throws Exception {
    writeAdvisory("TEST-1", "org.example:nothing");

    assertThat(audit(realScanner())).contains("libraries, and nothing was found", "exit 0");
  }

  @Test
  void anAuditAcceptsAVulnerabilityThatTheProjectExplains() throws Exception {
    writeAdvisory("GHSA-355h-qmc2-wpwf", "org.eclipse.jetty:jetty-http");

    assertThat(audit(realScanner())).contains("beyond the exceptions", "exit 0");
  }

  @Test
  void everyExceptionIsExplainedInSecurityMd() throws Exception {
    String explained = Files.readString(Program.ROOT.resolve("SECURITY.md"));

    assertThat(Files.readAllLines(Program.ROOT.resolve("osv-scanner.toml")))
        .filteredOn(line -> line.startsWith("id = "))
        .isNotEmpty()
        .allSatisfy(
            line -> assertThat(explained).contains(line.replaceAll("id = \"([^\"]*)\".*", "$1")));
  }

  private void writeAdvisory(String id, String library) throws IOException {
    Path zip = Files.createDirectories(directory.resolve("Maven")).resolve("all.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry(id + ".json"));
      out.write(ADVISORY.formatted(id, library).getBytes(UTF_8));
    }
  }

  /** A program that takes the place of the scanner. */
  private String standIn(String commands) throws IOException {
    Path scanner = directory.resolve("scanner");
    Files.writeString(scanner, "#!/bin/sh\n" + commands + "\n", UTF_8);
    assertThat(scanner.toFile().setExecutable(true)).isTrue();
    return scanner.toString();
  }

  /** The scanner that 'make audit' built, if there is one, since building it takes minutes. */
  private static String realScanner() throws Exception {
    String scanner =
        Program.outputOf(
                "ls ${XDG_CACHE_HOME:-$HOME/.cache}/mlops-primer/osv-scanner-$(. cluster/versions.properties; echo $OSV_SCANNER_VERSION)/osv-scanner 2>/dev/null || command -v osv-scanner")
            .strip();
    Assumptions.assumeFalse(scanner.isEmpty(), "'make audit' has not built osv-scanner");
    return scanner;
  }

  private String audit(String scanner) throws Exception {
    try (Program audit =
        Program.shell(
            "scripts/audit.sh 2>&1; echo exit $?",
            Map.of("OSV_DB", directory.toString(), "OSV_SCANNER", scanner))) {
      audit.exitCode(Duration.ofMinutes(1));
      return audit.output();
    }
  }
}
