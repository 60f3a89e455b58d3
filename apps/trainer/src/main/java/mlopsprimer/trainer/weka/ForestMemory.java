package mlopsprimer.trainer.weka;

import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import mlopsprimer.contract.SettingsException;
import mlopsprimer.features.FeatureTable;
import mlopsprimer.forest.ModelFormat;
import mlopsprimer.store.TickerStore;

/**
 * Refuses forests that do not fit in the heap, and a model that is too large for the API, before
 * the forests are grown. Without this check the garbage collector runs for minutes before the heap
 * is exhausted, or the trainer grows a model that the API does not read.
 *
 * <p>The check has two steps. The settings and the number of days bound the number of nodes. If
 * forests of that many nodes fit, as they do with the default settings, the check ends. Otherwise
 * one tree of each forest is grown, and the nodes of a forest are estimated as the nodes of its
 * first tree times the number of trees.
 *
 * @param threads number of forests that are grown at the same time
 * @param freeHeap bytes of the heap that forests can use now
 */
public record ForestMemory(ForestSettings settings, int threads, LongSupplier freeHeap) {
  /**
   * Bytes of a node in the form of Weka, of its flat form, and of the arrays that grow while a
   * forest is flattened. The first two were measured on OpenJDK 17 as the difference of the used
   * heap after full collections, with 15,052 days of 13 features and 6,500 to 203,000 nodes: Weka's
   * form takes 100 to 105 bytes per node, and the flat form takes 38.
   */
  private static final long WEKA_NODE = 105;

  private static final long FLAT_NODE = 38;
  private static final long FLATTENING_NODE = 44;

  /**
   * Bytes of a day in a forest that grows: 166 for the copy in the form of Weka, measured like the
   * nodes, and the samples of the tree that is being grown.
   */
  private static final long DAY = 240;

  /**
   * Bytes of a day in the evaluation, after the forests were grown: one byte for each of the 1000
   * draws of the bootstrap.
   */
  private static final long EVALUATED_DAY = 1000;

  /** Share of the heap that live objects may take. The collector needs the rest. */
  private static final double USABLE = 0.95;

  /**
   * Factor by which an estimate from one tree may be wrong. The size of model.bin is checked again
   * after training.
   */
  private static final double TOLERANCE = 1.15;

  /** Check against the part of the heap of this process that is not in use. */
  public static ForestMemory ofThisProcess(ForestSettings settings, int threads) {
    Runtime heap = Runtime.getRuntime();
    return new ForestMemory(
        settings,
        threads,
        () -> (long) (USABLE * heap.maxMemory()) - (heap.totalMemory() - heap.freeMemory()));
  }

  /**
   * Checks the forests that an evaluation grows. The largest forest is the one that is stored.
   *
   * @param sizes number of training rows of each forest
   * @throws SettingsException if the forests do not fit in the heap, or if the stored forest would
   *     be larger than {@link TickerStore#LARGEST_MODEL}
   */
  public void requireFits(FeatureTable table, List<Integer> sizes) {
    Estimate most = Estimate.of(sizes, this::mostNodesOfTree, this);
    if (most.heapBytes() <= freeHeap.getAsLong()
        && most.modelBytes() <= TickerStore.LARGEST_MODEL) {
      return;
    }
    WekaForestTrainer oneTree = new WekaForestTrainer(settings.withTrees(1));
    Estimate estimate = Estimate.of(sizes, rows -> oneTree.train(table, rows).nodes(), this);
    if (estimate.modelBytes() > TOLERANCE * TickerStore.LARGEST_MODEL) {
      throw new SettingsException(
          List.of(
              "the model would be too large for the API: %s, model.bin would have about %s MB, and the API reads at most %s MB; use fewer --trees, a smaller --max-depth or a larger --min-leaf"
                  .formatted(
                      estimate,
                      megabytes(estimate.modelBytes()),
                      megabytes(TickerStore.LARGEST_MODEL))));
    }
    System.gc(); // so that garbage does not count as used
    long free = Math.max(0, freeHeap.getAsLong());
    if (estimate.heapBytes() > free) {
      throw new SettingsException(
          List.of(
              "the forests do not fit in the heap: %s, %d forests at once need about %s MB, and %s MB are free; use fewer --trees, a smaller --max-depth, a larger --min-leaf or fewer --threads, or give the trainer more memory (trainerMemory of the stack, -Xmx elsewhere)"
                  .formatted(estimate, threads, megabytes(estimate.heapBytes()), megabytes(free))));
    }
  }

  /**
   * Most nodes that a tree can have. A level has at most twice as many nodes as the level above it,
   * and each leaf holds at least one row.
   */
  private long mostNodesOfTree(int rows) {
    long leaves = rows;
    if (settings.maxDepth() > 0 && settings.maxDepth() < Long.SIZE - 1) {
      leaves = Math.min(leaves, 1L << settings.maxDepth());
    }
    return 2 * leaves - 1;
  }

  private static long megabytes(long bytes) {
    return (bytes + (1 << 19)) >> 20;
  }

  /** Nodes of one tree of the largest forest, and the bytes that all forests need. */
  private record Estimate(int trees, long nodesOfTree, long heapBytes) {

    static Estimate of(
        List<Integer> sizes, ToLongFunction<Integer> nodesOfTree, ForestMemory memory) {
      int trees = memory.settings.trees();
      List<Integer> rows = sizes.stream().sorted(Comparator.reverseOrder()).toList();
      List<Long> nodes = rows.stream().map(size -> trees * nodesOfTree.applyAsLong(size)).toList();
      long peak = 0;
      long finished = 0;
      for (int first = 0; first < rows.size(); first++) {
        // The largest of the forests that grow at once is flattened while the others still grow.
        long growing = nodes.get(first) * (FLAT_NODE + FLATTENING_NODE);
        for (int i = first; i < Math.min(first + memory.threads, rows.size()); i++) {
          growing += nodes.get(i) * WEKA_NODE + rows.get(i) * DAY;
        }
        peak = Math.max(peak, finished + growing);
        finished += nodes.get(first) * FLAT_NODE;
      }
      peak = Math.max(peak, finished + rows.get(0) * EVALUATED_DAY);
      return new Estimate(trees, nodes.get(0) / trees, peak);
    }

    long modelBytes() {
      return ModelFormat.bytes(trees, trees * nodesOfTree);
    }

    @Override
    public String toString() {
      return "trees=%d nodes=%d per tree".formatted(trees, nodesOfTree);
    }
  }
}
