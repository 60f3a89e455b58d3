package mlopsprimer.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What a document tells its reader to type: the lines of its sh blocks. */
final class Commands {
  private static final Pattern BLOCK = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);

  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  private Commands() {}

  /** The commands that the README's troubleshooting has for something that one sees. */
  static List<String> inTableRow(String seen) {
    try {
      String row =
          Files.readAllLines(Shell.ROOT.resolve("README.md")).stream()
              .filter(line -> line.startsWith("| ") && line.contains(seen))
              .findFirst()
              .orElseThrow(() -> new AssertionError("README.md says nothing of: " + seen));
      return CODE.matcher(row.substring(row.indexOf(" | ")))
          .results()
          .map(code -> code.group(1))
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static List<String> of(String document) throws IOException {
    return BLOCK
        .matcher(Files.readString(Shell.ROOT.resolve(document)))
        .results()
        .map((MatchResult block) -> block.group(1))
        .flatMap(String::lines)
        .toList();
  }
}
