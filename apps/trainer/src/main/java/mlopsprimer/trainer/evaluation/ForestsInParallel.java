package mlopsprimer.trainer.evaluation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import mlopsprimer.features.FeatureTable;
import mlopsprimer.forest.Forest;

/**
 * Grows several forests at the same time, each in one thread. The first failure ends the run.
 * Weka's own parallel training is not used, because it ignores a tree that fails and waits for ever
 * if a thread runs out of memory.
 */
record ForestsInParallel(ForestTrainer trainer, int threads, Consumer<String> progress) {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /**
   * Grows one forest per element of {@code rows}, and returns them in that order. A forest is
   * trained on the first rows of the table, and the element is the number of these rows.
   *
   * @throws RuntimeException the first failure of {@code trainer}; an Error is thrown unchanged
   */
  List<Forest> grow(FeatureTable table, List<Integer> rows) {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Forest>> growing = new ArrayList<>(Collections.nCopies(rows.size(), null));
      // The largest forest starts first, so that it does not grow alone at the end.
      IntStream.range(0, rows.size())
          .boxed()
          .sorted(Comparator.comparing(rows::get, Comparator.reverseOrder()))
          .forEach(i -> growing.set(i, executor.submit(() -> growOne(table, rows.get(i)))));
      List<Forest> forests = new ArrayList<>();
      for (Future<Forest> each : growing) {
        forests.add(each.get());
      }
      return forests;
    } catch (ExecutionException e) {
      throw unchecked(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the forests were grown", e);
    } finally {
      executor.shutdownNow();
      awaitEnd(executor);
    }
  }

  /**
   * Waits for the threads that still grow a forest after a failure, because they need the memory of
   * what is trained next.
   */
  private static void awaitEnd(ExecutorService executor) {
    try {
      boolean unused = executor.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Forest growOne(FeatureTable table, int rows) {
    Forest forest = trainer.train(table, rows);
    progress.accept("forest of " + rows + " days");
    return forest;
  }

  private static RuntimeException unchecked(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException failure ? failure : new IllegalStateException(cause);
  }
}
