package mlopsprimer.e2e;

import static mlopsprimer.e2e.Shell.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The README's commands that need a cluster, run in its order. */
@ExtendWith(Lab.class)
class ReadmeTest {
  private static final Pattern BLOCK = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern CLUSTER =
      Pattern.compile("(BUNDLE=.* )?(vagrant|kubectl|eval|make (doctor|bundle|lab)) ?.*");

  @Test
  void everyCommandThatNeedsAClusterSucceeds() throws IOException {
    String readme = Files.readString(Shell.ROOT.resolve("README.md"));
    List<String> commands =
        BLOCK
            .matcher(readme)
            .results()
            .map(MatchResult::group)
            .flatMap(String::lines)
            .filter(line -> CLUSTER.matcher(line).matches())
            .toList();
    assertThat(commands).contains("vagrant up", "make lab lab-up", "BUNDLE=bundle vagrant up");

    try {
      commands.forEach(Shell::succeed);
    } finally {
      succeed("rm -rf bundle");
    }
  }
}
