package mlopsprimer.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What a document tells its reader to type: the lines of its sh blocks. */
final class Commands {
  private static final Pattern BLOCK = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);

  private Commands() {}

  static List<String> of(String document) throws IOException {
    return BLOCK
        .matcher(Files.readString(Shell.ROOT.resolve(document)))
        .results()
        .map((MatchResult block) -> block.group(1))
        .flatMap(String::lines)
        .toList();
  }
}
