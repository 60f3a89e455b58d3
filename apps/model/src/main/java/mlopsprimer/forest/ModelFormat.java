package mlopsprimer.forest;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads and writes {@code model.bin}. Its numbers are big-endian. The file has no time, path or
 * ticker, so equal training gives equal bytes.
 *
 * <pre>
 * magic "MLPF" · format version u16 · schema id 12 ASCII · features u16
 * calibration: slope f64 · intercept f64
 * trees i32 · nodes i32 · root of each tree i32
 * each node: feature i16, then threshold f64 and right child i32,
 *            or for a leaf (feature -1) weight of DOWN i32, weight of UP i32 and 0 as i32
 * </pre>
 */
public final class ModelFormat {
  public static final int VERSION = 1;

  private static final byte[] MAGIC = "MLPF".getBytes(StandardCharsets.US_ASCII);
  private static final int SCHEMA_ID = 12;
  private static final int HEADER = MAGIC.length + 2 + SCHEMA_ID + 2 + 8 + 8 + 4 + 4;
  private static final int ROOT = 4;
  private static final int NODE = 2 + 8 + 4;

  private ModelFormat() {}

  /** Size of a model.bin in bytes. */
  public static long bytes(long trees, long nodes) {
    return HEADER + trees * ROOT + nodes * NODE;
  }

  /** Writes a model. */
  public static byte[] write(DirectionModel model) {
    Forest forest = model.forest();
    ByteBuffer out =
        ByteBuffer.allocate(Math.toIntExact(bytes(forest.trees(), forest.nodes())))
            .put(MAGIC)
            .putShort((short) VERSION)
            .put(model.schemaId().getBytes(StandardCharsets.US_ASCII))
            .putShort((short) forest.features())
            .putDouble(model.calibration().slope())
            .putDouble(model.calibration().intercept())
            .putInt(forest.trees())
            .putInt(forest.nodes());
    for (int tree = 0; tree < forest.trees(); tree++) {
      out.putInt(forest.root(tree));
    }
    for (int node = 0; node < forest.nodes(); node++) {
      out.putShort((short) forest.feature(node));
      if (forest.isLeaf(node)) {
        out.putInt(forest.down(node)).putInt(forest.up(node)).putInt(0);
      } else {
        out.putDouble(forest.threshold(node)).putInt(forest.right(node));
      }
    }
    return out.array();
  }

  /**
   * Parses a model. The memory that the parser takes is proportional to the number of bytes.
   *
   * @throws CorruptModelException if the bytes have another format version, or are not a model
   */
  public static DirectionModel read(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      byte[] magic = new byte[MAGIC.length];
      in.get(magic);
      require(Arrays.equals(magic, MAGIC), "the file does not start with MLPF");
      int version = Short.toUnsignedInt(in.getShort());
      require(
          version == VERSION,
          "the file has format version %d, but this program reads version %d",
          version,
          VERSION);
      byte[] schemaId = new byte[SCHEMA_ID];
      in.get(schemaId);
      String schema = new String(schemaId, StandardCharsets.ISO_8859_1);
      require(schema.matches("[0-9a-f]{12}"), "the schema id is not 12 hex digits");
      int features = Short.toUnsignedInt(in.getShort());
      Calibration calibration = calibration(in.getDouble(), in.getDouble());
      Forest forest = forest(in, features);
      return new DirectionModel(schema, calibration, forest);
    } catch (BufferUnderflowException e) {
      throw corrupt("the file ends inside the header, after %d bytes", bytes.length);
    }
  }

  private static Calibration calibration(double slope, double intercept) {
    try {
      return new Calibration(slope, intercept);
    } catch (IllegalArgumentException e) {
      throw corrupt("%s", e.getMessage());
    }
  }

  private static Forest forest(ByteBuffer in, int features) {
    int trees = in.getInt();
    int nodes = in.getInt();
    require(trees >= 0 && nodes >= 0, "trees=%d nodes=%d", trees, nodes);
    long expected = bytes(trees, nodes) - HEADER;
    require(
        in.remaining() == expected,
        "%d trees and %d nodes take %d bytes, but the file has %d",
        trees,
        nodes,
        expected,
        in.remaining());
    int[] roots = new int[trees];
    for (int tree = 0; tree < trees; tree++) {
      roots[tree] = in.getInt();
    }
    short[] feature = new short[nodes];
    double[] threshold = new double[nodes];
    int[] right = new int[nodes];
    int[] down = new int[nodes];
    int[] up = new int[nodes];
    for (int node = 0; node < nodes; node++) {
      feature[node] = in.getShort();
      if (feature[node] == ForestShape.LEAF) {
        down[node] = in.getInt();
        up[node] = in.getInt();
        require(in.getInt() == 0, "leaf %d has a child", node);
      } else {
        threshold[node] = in.getDouble();
        right[node] = in.getInt();
      }
    }
    return new Forest(features, roots, feature, threshold, right, down, up);
  }

  private static void require(boolean condition, String problem, Object... facts) {
    if (!condition) {
      throw corrupt(problem, facts);
    }
  }

  private static CorruptModelException corrupt(String problem, Object... facts) {
    return new CorruptModelException(
        "not a model: " + problem.formatted(facts) + "; restore the file or train again");
  }
}
