package mlopsprimer.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs the commands of docs/walk-through.md in order and checks what the text says about them. */
@ExtendWith({Lab.class, Stack.class})
@Order(3)
class WalkThroughTest {
  /** The last command is not run here, because LeftoversTest tests it. */
  private static final String LAST = "make lab-down";

  private static final String FAILING_UP = "pulumi up --yes || echo ";

  @Test
  @Tag(Stack.UP_ITSELF)
  void everyCommandDoesWhatTheTextSays() throws IOException {
    String routes = Files.readString(Edit.ROUTES);
    try {
      int ups = 0;
      for (String command : Commands.of("docs/walk-through.md")) {
        if (command.startsWith("git checkout ")) {
          Files.writeString(Edit.ROUTES, routes); // git may have an older version of the file
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

  /** Checks the second update, the update after the unknown ticker NOSUCH, and the last update. */
  private static void checkUp(int number, String output) {
    if (number == 2) {
      assertThat(output)
          .as("output of an update without a change")
          .doesNotContainPattern("\\d+ (created|updated|replaced|deleted)");
    } else if (number == 4) {
      assertThat(output)
          .as("output of an update that goes back to a trained ticker")
          .containsPattern("TrainingOutcome +train +updated");
    } else if (number == 6) {
      assertThat(output)
          .as("output of an update that repairs the node")
          .contains("importing " + Stack.reference("trainer") + " on " + Lab.WORKER);
    }
  }

  private static void check(String command, String output) {
    if (command.contains("/predictionForTomorrow")) {
      assertThat(output).as(command).contains("\"prediction\":");
    } else if (command.contains("/health/live")) {
      assertThat(output).as(command).contains("alive");
    } else if (command.contains("find /var/lib")) {
      assertThat(output).as(command).contains("/champions/");
    } else if (command.equals("pulumi refresh --yes")) {
      assertThat(output)
          .as("output of a refresh after an image was removed by hand")
          .containsPattern("NodeImport +trainer +updated");
    } else if (command.startsWith(FAILING_UP)) {
      String echo = command.substring(FAILING_UP.length()).replace("'", "");
      assertThat(output).as(command).contains("NOSUCH").endsWith(echo);
      assertThat(output).doesNotContain("%!");
      assertThat(Stack.exitCodesOfTrainings())
          .as("exit codes of the trainings of NOSUCH")
          .isEqualTo("20");
    } else if (command.endsWith("get namespaces,persistentvolumes")) {
      assertThat(output).as(command).doesNotContain("mlops-primer");
    }
  }
}
