package mlopsprimer.trainer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WithoutMlflowTest {
  @TempDir Path directory;

  @Test
  void aTrainingWithoutAServerLoadsNoClassOfTheClient() throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xlog:class+load",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "mlopsprimer.trainer.Main",
                    "train",
                    "--source=sample",
                    "--history=1y",
                    "--trees=1",
                    "--store=" + directory.resolve("models")))
            .redirectErrorStream(true);
    builder.environment().remove("MLFLOW_TRACKING_URI");
    Process process = builder.start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);

    assertThat(process.waitFor()).as(printed).isZero();
    assertThat(printed.lines())
        .anyMatch(line -> line.contains("mlopsprimer.trainer.TrainCommand "))
        .noneMatch(line -> line.contains(" mlopsprimer.mlflow."))
        .noneMatch(line -> line.contains(" java.net.http."))
        .noneMatch(line -> line.contains("tracking.MlflowTracking"));
  }
}
