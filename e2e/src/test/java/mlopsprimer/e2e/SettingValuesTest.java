package mlopsprimer.e2e;

import static mlopsprimer.e2e.Shell.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The table of checks/src/test/resources/setting-values.txt, judged by the API server. */
@ExtendWith(Lab.class)
class SettingValuesTest {
  @Test
  void theApiServerAcceptsEveryValueThatInfraAccepts() {
    String verdicts = succeed("e2e/judge-settings.py");
    System.out.println(verdicts);

    assertThat(verdicts.lines().filter(line -> line.startsWith("accepted")).count())
        .isGreaterThan(40);
    assertThat(verdicts.lines().filter(line -> line.endsWith(" refused by Kubernetes"))).isEmpty();
  }
}
