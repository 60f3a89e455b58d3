package mlopsprimer.mlflow;

import java.net.URI;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import mlopsprimer.contract.StorageLocation;
import mlopsprimer.contract.StorageLocation.Bucket;
import mlopsprimer.mlflow.MlflowException.Kind;
import mlopsprimer.storage.S3Options;
import mlopsprimer.storage.Storage;
import mlopsprimer.storage.Storages;

/**
 * Writes the artifacts of runs. If the server gives artifacts out itself ({@code
 * mlflow-artifacts:}), they are sent to it. If they are in a bucket ({@code s3://bucket/…}), they
 * are written there directly, with the options and the credentials of the model store.
 */
public final class RunArtifacts {
  private static final String PROXIED = "mlflow-artifacts:";
  private static final String API = "/api/2.0/mlflow-artifacts/artifacts";

  private final MlflowConnection connection;
  private final S3Options options;

  public RunArtifacts(MlflowConnection connection, S3Options options) {
    this.connection = connection;
    this.options = options;
  }

  /**
   * Writes files.
   *
   * @param files content by path below the run's directory, such as {@code model/MLmodel}
   * @throws MlflowException if the server refuses them, if the budget of the connection is used up,
   *     or if artifacts are in a place that this class cannot write to
   * @throws mlopsprimer.storage.StorageException if the bucket cannot be used
   */
  public void write(Run run, SortedMap<String, byte[]> files) {
    if (run.artifacts().startsWith(PROXIED)) {
      String directory = API + URI.create(run.artifacts()).getRawPath();
      files.forEach((path, bytes) -> connection.put(directory + "/" + path, bytes));
    } else if (run.artifacts().startsWith(StorageLocation.SCHEME)) {
      inTime(() -> writeToBucket(run, files));
    } else {
      throw new MlflowException(
          Kind.REFUSED,
          "artifacts cannot be written there: artifacts=%s; start the server with --serve-artifacts, or with --default-artifact-root s3://BUCKET/PREFIX"
              .formatted(run.artifacts()));
    }
  }

  private void writeToBucket(Run run, SortedMap<String, byte[]> files) {
    StorageLocation location = StorageLocation.of(run.artifacts());
    try (Storage storage = Storages.open(location, options)) {
      for (var file : files.entrySet()) {
        if (storage.putIfAbsent(file.getKey(), file.getValue()).isEmpty()) {
          throw new MlflowException(
              Kind.EXISTS,
              "an artifact is there already: artifact=%s bucket=%s; find out who else writes there"
                  .formatted(storage.describe(file.getKey()), ((Bucket) location).name()));
        }
      }
    }
  }

  /** The timeouts of S3 are longer than a training may wait for MLflow. */
  private void inTime(Runnable writing) {
    CompletableFuture<Void> done = CompletableFuture.runAsync(writing);
    try {
      connection.spend(left -> done.get(left.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      done.cancel(true);
      throw new MlflowException(
          Kind.UNREACHABLE,
          "no time left for the artifacts: %s; find out why the bucket is slow".formatted(options),
          e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MlflowException(Kind.UNREACHABLE, "interrupted while writing artifacts", e);
    }
  }
}
