package mlopsprimer.infra.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CronScheduleTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "30 17 * * 1-5",
        "30 17 * * MON-FRI",
        "*/15 * 1,15 * *",
        "0 0 1 1 0",
        "5/20 0-23/2 ? jan,dec sun",
        "0 12 29 2 *",
        "0 12 31 2 5",
        "0 12 31 2 */2"
      })
  void aScheduleThatStartsJobsIsAccepted(String text) {
    assertThat(CronSchedule.of(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "30 17 * *",
        "30 17 * * 1-5 2026",
        "75 17 * * 1-5",
        "0 24 * * *",
        "0 0 0 * *",
        "0 0 * 13 *",
        "0 0 * * 7",
        "0 0 * * 1-7",
        "0 0 * * 5-1",
        "0 0 * * 1||2",
        "0 0 1,,2 * *",
        "*/0 * * * *",
        "1/2/3 * * * *",
        "1-2-3 * * * *",
        "*-5 * * * *",
        "-5 * * * *",
        "+5 * * * *",
        "0 0 L * *",
        "0 0 * * 1#2",
        "a b c d e",
        "@daily",
        "TZ=UTC 0 0 * * *",
        "٣ * * * *"
      })
  void aScheduleThatKubernetesRefusesIsRefused(String text) {
    assertThatThrownBy(() -> CronSchedule.of(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0 0 30 2 *", "0 0 30 2 1,*", "0 0 31 2,4,6,9,11 ?"})
  void aScheduleThatNeverStartsAJobIsRefused(String text) {
    assertThatThrownBy(() -> CronSchedule.of(text))
        .hasMessageContaining("none of the months has one of the days");
  }

  @Test
  void severalBlanksBetweenFieldsBecomeOneBlank() {
    assertThat(CronSchedule.of(" 30  17 *\t* 1-5 ")).hasToString("30 17 * * 1-5");
  }
}
