package mlopsprimer.trainer.portable;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * The program portable.py in the Python that the variable MLFLOW_PYTHON names. A test without the
 * variable fails, so that nobody takes silence for success. With MLFLOW_PYTHON=none the tests are
 * skipped.
 */
public final class PortablePython {
  private static final int PATIENCE_MINUTES = 5;

  private PortablePython() {}

  /**
   * Runs the program in a directory.
   *
   * @return the lines of JSON that it printed
   */
  public static List<JsonObject> run(String mode, Path directory) throws Exception {
    String python = System.getenv("MLFLOW_PYTHON");
    assertThat(python)
        .as("MLFLOW_PYTHON is not set; set it with: export MLFLOW_PYTHON=\"$(scripts/mlflow.sh)\"")
        .isNotBlank();
    assumeFalse(python.equals("none"), "MLFLOW_PYTHON=none skips the tests on MLflow");
    Path program = directory.resolve("portable.py");
    try (InputStream in = PortablePython.class.getResourceAsStream("portable.py")) {
      Files.write(program, in.readAllBytes());
    }
    Path out = directory.resolve("out.txt");
    Path log = directory.resolve("log.txt");
    ProcessBuilder builder =
        new ProcessBuilder(python, program.toString(), mode, directory.toString())
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(log.toFile());
    builder.environment().putAll(Map.of("MLFLOW_DISABLE_TELEMETRY", "true"));
    Process process = builder.start();
    try {
      assertThat(process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    return Files.readString(out)
        .lines()
        .map(line -> JsonParser.parseString(line).getAsJsonObject())
        .toList();
  }

  /** Writes rows.csv: rows of the columns, and the probability that is expected for each. */
  public static void writeRows(
      Path directory, List<String> columns, List<double[]> rows, double[] expected)
      throws IOException {
    StringBuilder csv = new StringBuilder(String.join(",", columns)).append(",expected\n");
    for (int i = 0; i < expected.length; i++) {
      csv.append(
              DoubleStream.concat(DoubleStream.of(rows.get(i)), DoubleStream.of(expected[i]))
                  .mapToObj(PortablePython::number)
                  .collect(Collectors.joining(",")))
          .append('\n');
    }
    Files.write(directory.resolve("rows.csv"), csv.toString().getBytes(UTF_8));
  }

  private static String number(double value) {
    return Double.isInfinite(value) ? (value > 0 ? "inf" : "-inf") : Double.toString(value);
  }
}
