package mlopsprimer.e2e;

import static mlopsprimer.e2e.Shell.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs the README's commands that need a cluster, in the README's order. The README creates the
 * stack "dev", which needs Yahoo. The commands after that run on the stack "lab", whose stand-in
 * for Yahoo has no QQQ, so they use ^IXIC.
 */
@ExtendWith({Lab.class, Stack.class})
@Order(2)
class ReadmeTest {
  private static final Pattern CLUSTER =
      Pattern.compile(
          "((BUNDLE=.* )?(export|vagrant|pulumi|kubectl|eval|make (doctor|bundle|lab)) ?|curl http://192).*");

  private static final Path DEV = Shell.ROOT.resolve("Pulumi.dev.yaml");

  @Test
  @Tag(Stack.FROM_NOTHING)
  void everyCommandThatNeedsAClusterSucceeds() throws IOException {
    List<String> commands =
        Commands.of("README.md").stream().filter(line -> CLUSTER.matcher(line).matches()).toList();
    assertThat(commands)
        .contains("vagrant up", "pulumi up --yes", "make lab lab-up", "BUNDLE=bundle vagrant up");

    String dev = Files.readString(DEV);
    try {
      for (String command : commands) {
        String output = run(command.replace("QQQ", Stack.OTHER_TICKER));
        if (command.startsWith("curl")) {
          assertThat(output).contains("\"prediction\":");
        } else if (command.equals("pulumi stack init dev")) {
          // An update of this stack needs Yahoo, but a preview does not.
          assertThat(succeed("pulumi preview --color never"))
              .containsPattern("Job +train +create")
              .contains("to create");
          succeed("pulumi stack rm dev --yes --preserve-config && pulumi stack select lab");
        }
      }
    } finally {
      Files.writeString(DEV, dev);
      Bundle.take("bundle");
    }
  }

  private static String run(String command) {
    return command.equals("make lab lab-up")
        ? Phases.time("lab up", () -> succeed(command))
        : succeed(command);
  }
}
