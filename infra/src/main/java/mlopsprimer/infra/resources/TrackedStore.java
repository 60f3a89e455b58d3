package mlopsprimer.infra.resources;

import com.pulumi.core.Output;
import com.pulumi.resources.Resource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mlopsprimer.infra.config.App;

/** A model store whose pods know an MLflow server, too. */
public record TrackedStore(Store models, Mlflow mlflow) implements Store {
  @Override
  public List<Resource> ready() {
    return Stream.concat(models.ready().stream(), mlflow.ready().stream()).toList();
  }

  @Override
  public PodStore of(App app) {
    return models.of(app).with(mlflow.annotations()).withVariables(mlflow.environment());
  }

  @Override
  public Optional<S3Access> bucket() {
    return models.bucket();
  }

  @Override
  public Output<String> location() {
    return models.location();
  }

  @Override
  public Output<String> generation() {
    return models.generation();
  }
}
