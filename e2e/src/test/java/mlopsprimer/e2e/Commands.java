package mlopsprimer.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The commands of a document: the lines of its sh blocks, and the code in a table's row. */
final class Commands {
  private static final Pattern BLOCK = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);

  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  private Commands() {}

  /**
   * The commands that the README's table of errors recommends.
   *
   * @param symptom a part of the row's first column
   */
  static List<String> inTableRow(String symptom) {
    try {
      String row =
          Files.readAllLines(Shell.ROOT.resolve("README.md")).stream()
              .filter(line -> line.startsWith("| ") && line.contains(symptom))
              .findFirst()
              .orElseThrow(() -> new AssertionError("README.md has no row for: " + symptom));
      return CODE.matcher(row.substring(row.indexOf(" | ")))
          .results()
          .map(code -> code.group(1))
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The lines of a document's sh blocks. */
  static List<String> of(String document) throws IOException {
    return BLOCK
        .matcher(Files.readString(Shell.ROOT.resolve(document)))
        .results()
        .map((MatchResult block) -> block.group(1))
        .flatMap(String::lines)
        .toList();
  }
}
