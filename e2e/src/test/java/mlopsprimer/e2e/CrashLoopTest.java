package mlopsprimer.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An update with an API whose pods crash. */
@ExtendWith({Lab.class, Stack.class})
class CrashLoopTest {
  private static final Duration LONGEST = Duration.ofMinutes(1);

  @Test
  void aPodThatCrashesFailsTheUpdateWithinAMinute() throws IOException {
    Edit edit = Edit.crashOfTheApi("made to crash, 100% on purpose");
    Shell.Result failed;
    Duration duration;
    try (edit) {
      long start = System.nanoTime();
      failed = Phases.time("pulumi up with an API that crashes", Stack::tryUp);
      duration = Duration.ofNanos(System.nanoTime() - start);
    }

    assertThat(failed.exit()).isNotZero();
    assertThat(duration).isLessThan(LONGEST);
    assertThat(failed.output())
        .as("the name of the pod, and the end of its log")
        .contains("prediction-api-")
        .contains("made to crash, 100% on purpose")
        .doesNotContain("%!");
    assertThat(Stack.served())
        .as("the ticker that the previous pods serve")
        .isEqualTo(Stack.TICKER);
  }
}
