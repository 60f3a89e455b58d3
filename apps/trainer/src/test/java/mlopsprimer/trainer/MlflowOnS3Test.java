package mlopsprimer.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import mlopsprimer.mlflow.MlflowServer;
import mlopsprimer.storage.VersityGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Trainings whose artifacts the trainer writes to a bucket, without the MLflow server. */
class MlflowOnS3Test {
  @RegisterExtension static final VersityGateway S3 = new VersityGateway();
  private static final String ACCESS_KEY = "aws.accessKeyId";
  private static final String SECRET_KEY = "aws.secretAccessKey";
  private static String bucket;
  private static String endpoint;
  private static MlflowServer server;

  @TempDir Path directory;

  @BeforeAll
  static void startMlflow() {
    var owner = VersityGateway.CREDENTIALS.resolveCredentials();
    System.setProperty(ACCESS_KEY, owner.accessKeyId());
    System.setProperty(SECRET_KEY, owner.secretAccessKey());
    bucket = S3.newBucket().name();
    endpoint = "http://127.0.0.1:" + S3.port();
    server =
        new MlflowServer(
            "s3://%s/mlflow".formatted(bucket),
            Map.of(
                "AWS_ACCESS_KEY_ID",
                owner.accessKeyId(),
                "AWS_SECRET_ACCESS_KEY",
                owner.secretAccessKey(),
                "AWS_DEFAULT_REGION",
                "us-east-1",
                "MLFLOW_S3_ENDPOINT_URL",
                endpoint));
    server.start();
  }

  @AfterAll
  static void stopMlflow() {
    System.clearProperty(ACCESS_KEY);
    System.clearProperty(SECRET_KEY);
    if (server != null) {
      server.close();
    }
  }

  @Test
  void theModelIsInTheBucketAndMlflowLoadsItFromThere() {
    Trainer trainer = trainer(endpoint);

    assertThat(trainer.train("SPY", 1)).as(trainer.printed()).isZero();

    assertThat(
            server.python(
                """
                version = client.get_model_version_by_alias("mlops-primer-SPY", "champion")
                model = mlflow.pyfunc.load_model("models:/mlops-primer-SPY@champion")
                print(version.source.rsplit("/", 3)[0].rsplit("/", 1)[0], version.tags["mlops-primer.version"],
                      model.metadata.get_input_schema() is not None)
                """))
        .isEqualTo("s3://%s/mlflow %s True".formatted(bucket, trainer.champion("SPY")));
  }

  @Test
  void aBucketThatIsAwayCostsNoTraining() {
    Trainer trainer = trainer("http://127.0.0.1:1");

    assertThat(trainer.train("QQQ", 1)).as(trainer.printed()).isZero();

    assertThat(
            server.python(
                """
                e = client.get_experiment_by_name("mlops-primer/QQQ")
                print([r.info.status for r in client.search_runs([e.experiment_id])])
                """))
        .isEqualTo("['FAILED']");
  }

  private Trainer trainer(String s3) {
    return new Trainer(
        directory.resolve("models"),
        Map.of("MLFLOW_TRACKING_URI", server.uri().toString(), "S3_ENDPOINT", s3));
  }
}
