package mlopsprimer.trainer.portable;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.DoubleBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A model.onnx in onnxruntime, as a Java program loads it. */
public final class OnnxSession implements AutoCloseable {
  /** Answers for some rows, in their order. */
  @SuppressWarnings("ArrayRecordComponent") // nothing compares two of these
  record Answers(double[] probabilityUp, String[] prediction) {}

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;

  OnnxSession(byte[] modelOnnx) throws OrtException {
    this.session = environment.createSession(modelOnnx);
  }

  List<String> inputs() {
    return List.copyOf(session.getInputNames());
  }

  Map<String, String> metadata() throws OrtException {
    return session.getMetadata().getCustomMetadata();
  }

  Answers answers(List<double[]> rows) throws OrtException {
    Map<String, OnnxTensor> columns = new LinkedHashMap<>();
    try {
      for (String column : session.getInputNames()) {
        int number = columns.size();
        double[] values = rows.stream().mapToDouble(row -> row[number]).toArray();
        columns.put(
            column,
            OnnxTensor.createTensor(
                environment, DoubleBuffer.wrap(values), new long[] {values.length}));
      }
      try (OrtSession.Result result = session.run(columns)) {
        return new Answers(
            (double[]) result.get(OnnxModel.PROBABILITY).orElseThrow().getValue(),
            (String[]) result.get(OnnxModel.PREDICTION).orElseThrow().getValue());
      }
    } finally {
      columns.values().forEach(OnnxTensor::close);
    }
  }

  /** Greatest difference between the answers for the rows and the expected probabilities. */
  public static double greatestDifference(byte[] modelOnnx, List<double[]> rows, double[] expected)
      throws OrtException {
    try (OnnxSession session = new OnnxSession(modelOnnx)) {
      Answers answers = session.answers(rows);
      assertThat(answers.probabilityUp()).hasSize(expected.length);
      double greatest = 0;
      for (int i = 0; i < expected.length; i++) {
        greatest = Math.max(greatest, Math.abs(answers.probabilityUp()[i] - expected[i]));
        assertThat(answers.prediction()[i]).isEqualTo(expected[i] > 0.5 ? "UP" : "DOWN");
      }
      return greatest;
    }
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
