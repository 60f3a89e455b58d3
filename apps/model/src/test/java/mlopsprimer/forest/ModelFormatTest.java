package mlopsprimer.forest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import mlopsprimer.fixtures.Forests;
import org.junit.jupiter.api.Test;

class ModelFormatTest {
  private static final DirectionModel MODEL =
      new DirectionModel("0123456789ab", new Calibration(0.5, 0.1), Forests.random(3, 4, 4, 1));
  private static final byte[] BYTES = ModelFormat.write(MODEL);

  @Test
  void aModelPredictsTheSameAfterWritingAndReading() {
    DirectionModel read = ModelFormat.read(BYTES);

    assertThat(read.schemaId()).isEqualTo(MODEL.schemaId());
    assertThat(read.calibration()).isEqualTo(MODEL.calibration());
    Random random = new Random(2);
    for (int i = 0; i < 1000; i++) {
      double[] row = random.doubles(3, -2, 2).toArray();
      assertThat(read.forest().probabilityUp(row)).isEqualTo(MODEL.forest().probabilityUp(row));
    }
    assertThat(ModelFormat.write(read)).isEqualTo(BYTES);
  }

  @Test
  void aModelTruncatedAtAnyLengthIsRefused() {
    for (int length = 0; length < BYTES.length; length++) {
      byte[] truncated = Arrays.copyOf(BYTES, length);
      assertThatThrownBy(() -> ModelFormat.read(truncated))
          .as("%d bytes", length)
          .isInstanceOf(CorruptModelException.class);
    }
  }

  @Test
  void aModelWithOneMoreByteIsRefused() {
    assertThatThrownBy(() -> ModelFormat.read(Arrays.copyOf(BYTES, BYTES.length + 1)))
        .isInstanceOf(CorruptModelException.class);
  }

  @Test
  void everyPredictionEndsAfterAnyBitIsFlipped() {
    for (int bit = 0; bit < BYTES.length * 8; bit++) {
      byte[] flipped = BYTES.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      try {
        DirectionModel read = ModelFormat.read(flipped);
        double[] row = new double[read.forest().features()];
        assertThat(read.calibration().apply(read.forest().probabilityUp(row))).isBetween(0.0, 1.0);
      } catch (CorruptModelException e) {
        assertThat(e).hasMessageStartingWith("not a ");
      }
    }
  }

  @Test
  void garbageIsRefusedBeforeItsSizeIsAllocated() {
    byte[] garbage = new byte[BYTES.length];
    Arrays.fill(garbage, (byte) 0xFF);
    assertThatThrownBy(() -> ModelFormat.read(garbage)).isInstanceOf(CorruptModelException.class);

    byte[] greedy = BYTES.clone();
    ByteBuffer.wrap(greedy).putInt(36, Integer.MAX_VALUE).putInt(40, Integer.MAX_VALUE);
    assertThatThrownBy(() -> ModelFormat.read(greedy))
        .isInstanceOf(CorruptModelException.class)
        .hasMessageContaining("2147483647 trees");
  }

  @Test
  void theErrorForAnotherFormatVersionNamesBothVersions() {
    byte[] newer = BYTES.clone();
    newer[5] = 9;

    assertThatThrownBy(() -> ModelFormat.read(newer))
        .isInstanceOf(CorruptModelException.class)
        .hasMessageContaining("version 9")
        .hasMessageContaining("reads version 1");
  }
}
