package mlopsprimer.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** docs/walk-through.md, from its first command to its last. */
@ExtendWith({Lab.class, Stack.class})
@Order(3)
class WalkThroughTest {
  /** LeftoversTest has that one. */
  private static final String LAST = "make lab-down";

  @Test
  @Tag(Stack.UP_ITSELF)
  void everyCommandDoesWhatTheTextSays() throws IOException {
    String routes = Files.readString(Edit.ROUTES);
    try {
      int ups = 0;
      for (String command : Commands.of("docs/walk-through.md")) {
        if (command.startsWith("git checkout ")) {
          Files.writeString(Edit.ROUTES, routes); // what git has may be older
        } else if (!command.equals(LAST)) {
          String output = Shell.succeed(command);
          check(command, output);
          if (command.equals("pulumi up --yes")) {
            checkUp(++ups, output);
          }
        }
      }
    } finally {
      Files.writeString(Edit.ROUTES, routes);
    }
  }

  /** What the text says of the second one, of the one after NOSUCH, and of the last. */
  private static void checkUp(int number, String output) {
    if (number == 2) {
      assertThat(output).doesNotContainPattern("\\d+ (created|updated|replaced|deleted)");
    } else if (number == 4) {
      assertThat(output).doesNotContainPattern("Job train-\\S+ created");
    } else if (number == 6) {
      assertThat(output).contains("importing " + Stack.reference("trainer") + " on " + Lab.WORKER);
    }
  }

  private static void check(String command, String output) {
    if (command.contains("/predictionForTomorrow")) {
      assertThat(output).as(command).contains("\"prediction\":");
    } else if (command.contains("/health/live")) {
      assertThat(output).as(command).contains("alive");
    } else if (command.contains("find /var/lib")) {
      assertThat(output).as(command).contains("champion.json");
    } else if (command.equals("pulumi refresh --yes")) {
      assertThat(output)
          .as("the image removed by hand")
          .containsPattern("NodeImport +trainer +updated");
    } else if (command.contains("echo 'as it should'")) {
      assertThat(output).as(command).contains("NOSUCH").endsWith("as it should");
      assertThat(output).doesNotContain("%!");
      assertThat(Stack.exitCodesOfTrainings()).as("not asked for again").isEqualTo("20");
    } else if (command.endsWith("get namespaces,persistentvolumes")) {
      assertThat(output).as(command).doesNotContain("mlops-primer");
    }
  }
}
