package mlopsprimer.trainer.weka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import weka.core.WekaPackageManager;

class WekaHomeTest {
  @Test
  void wekaGetsAHomeThatDoesNotExist() {
    WekaHome.setUp();

    assertThat(WekaPackageManager.WEKA_HOME).doesNotExist();
    assertThat(Path.of(System.getProperty("user.home"), "wekafiles")).doesNotExist();
    assertThat(Files.exists(WekaPackageManager.PACKAGES_DIR.toPath())).isFalse();
  }
}
