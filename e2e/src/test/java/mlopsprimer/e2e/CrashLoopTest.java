package mlopsprimer.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An API whose pods crash. */
@ExtendWith({Lab.class, Stack.class})
class CrashLoopTest {
  private static final Duration LONGEST = Duration.ofMinutes(1);

  @Test
  void aPodThatCrashesEndsTheUpdateWithinAMinuteWithItsLastWords() throws IOException {
    long start;
    Shell.Result failed;
    try (Edit edit = Edit.crashOfTheApi("made to crash, 100% on purpose")) {
      start = System.nanoTime();
      failed = Phases.time("pulumi up with an API that crashes", Stack::tryUp);
    }

    assertThat(failed.exit()).isNotZero();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONGEST);
    assertThat(failed.output())
        .contains("prediction-api-")
        .contains("made to crash, 100% on purpose")
        .doesNotContain("%!");
    assertThat(Stack.served()).as("the previous pods answer").isEqualTo(Stack.TICKER);
  }
}
