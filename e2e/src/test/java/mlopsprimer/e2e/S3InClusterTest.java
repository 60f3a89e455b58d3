package mlopsprimer.e2e;

import static mlopsprimer.e2e.Shell.on;
import static mlopsprimer.e2e.Shell.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A stack with an S3 server of its own. All tests share one stack, and the last of them destroys
 * it.
 */
@NeedsLayers("s3")
@ExtendWith(Stack.class)
@Tag(Stack.UP_ITSELF)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class S3InClusterTest {
  private static final String SERVER = "pods -l app.kubernetes.io/component=store";
  private static boolean isUp;

  @BeforeEach
  void upWithAnS3Server() {
    useAnS3ServerInTheCluster();
    if (!isUp) {
      Stack.destroy();
      Phases.time("pulumi up from nothing, with an S3 server in the cluster", Stack::up);
      isUp = true;
    }
  }

  /** Sets the stack's store to an S3 server in the cluster, whose image is built from the layer. */
  static void useAnS3ServerInTheCluster() {
    Stack.set("store", "s3-in-cluster");
    succeed("pulumi config set s3Binary " + S3Server.PROGRAM);
  }

  @AfterAll
  static void destroy() {
    isUp = false;
    Stack.destroy();
  }

  @Test
  @Order(1)
  void theApiPredictsWithAModelFromTheServer() {
    assertThat(Stack.served()).isEqualTo(Stack.TICKER);
    assertThat(Stack.prediction().get("degraded").getAsBoolean()).isFalse();
  }

  @Test
  @Order(2)
  void theKeysOfTheApiCanReadButNotWrite() {
    ApiKeys keys = ApiKeys.read();

    assertThat(keys.statusOf("GET", "?list-type=2")).as("status of a listing").isEqualTo("200");
    assertThat(keys.statusOf("PUT", "/primer/champions/EVIL.json --data-binary x"))
        .as("status of a write")
        .isEqualTo("403");
    assertThat(keys.statusOf("DELETE", "/primer/champions/%5EGSPC.json"))
        .as("status of a deletion")
        .isEqualTo("403");
  }

  @Test
  @Order(3)
  void aServerThatWasReplacedHasTheModelsStill() {
    String version = Stack.prediction().getAsJsonObject("model").get("version").getAsString();
    Stack.kubectl("delete --wait " + SERVER);
    Stack.kubectl("rollout status deployment/store --timeout=60s");
    Stack.kubectl("rollout restart deployment -l app.kubernetes.io/component=api");
    Stack.kubectl("rollout status deployment -l app.kubernetes.io/component=api --timeout=120s");

    assertThat(Stack.prediction().getAsJsonObject("model").get("version").getAsString())
        .isEqualTo(version);
  }

  @Test
  @Order(4)
  void destroyLeavesNothing() {
    Stack.destroy();

    Remains.assertThatThereAreNone();
    for (String node : Lab.NODES) {
      assertThat(on(node, "ctr --namespace k8s.io images ls --quiet"))
          .as("images on %s", node)
          .doesNotContain("localhost/ml-");
    }
  }
}
