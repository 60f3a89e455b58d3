package mlopsprimer.nodeprovider.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import mlopsprimer.nodeprovider.rpc.RecordedLog;
import mlopsprimer.nodeprovider.rpc.ResourceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RolloutResourceTest {
  @TempDir Path home;

  private final RolloutResource rollouts = new RolloutResource(Path.of(""), RolloutLimits.DEFAULT);

  @Test
  void aRolloutEndsWhenItIsCompleteAndTheUrlGivesTheExpectedAnswer() throws Exception {
    try (FakeApiServer apiServer = new FakeApiServer(look -> RolloutObjects.complete());
        FakeWebsite website = new FakeWebsite(n -> n < 5 ? "old" : "new")) {
      RolloutArgs args = args(apiServer, website);

      RolloutState state = rollouts.create(args, new RecordedLog());

      assertThat(state).isEqualTo(new RolloutState(args, website.url()));
      assertThat(website.requests()).as("requests until the old answers end").isGreaterThan(12);
    }
  }

  @Test
  void theUrlIsNotRequestedBeforeTheRolloutIsComplete() throws Exception {
    RolloutObjects crashes =
        RolloutObjects.of(RolloutObjects.crashLooping("a", "Error", 1, "no model"));
    try (FakeApiServer apiServer = new FakeApiServer(look -> crashes);
        FakeWebsite website = new FakeWebsite(n -> "new")) {
      RolloutArgs args = args(apiServer, website);

      assertThatThrownBy(() -> rollouts.create(args, new RecordedLog()))
          .isInstanceOf(ResourceException.class)
          .hasMessageContaining("no model");
      assertThat(website.requests()).isZero();
    }
  }

  @Test
  void anotherGenerationIsWatchedAgain() throws Exception {
    try (FakeApiServer apiServer = new FakeApiServer(look -> RolloutObjects.complete());
        FakeWebsite website = new FakeWebsite(n -> "new")) {
      RolloutArgs args = args(apiServer, website);

      rollouts.update(new RolloutState(args, null), args, new RecordedLog());

      assertThat(apiServer.looks()).isOne();
    }
  }

  @Test
  void readingACompleteRolloutNeedsNoCluster() {
    RolloutState state =
        new RolloutState(
            new RolloutArgs("none", null, "a", "b", "1", "http://none", null, null, "new"),
            "http://none");

    assertThat(rollouts.read(state, new RecordedLog())).contains(state);
    assertThat(rollouts.id(state)).isEqualTo("a/b");
  }

  private RolloutArgs args(FakeApiServer apiServer, FakeWebsite website) throws IOException {
    return new RolloutArgs(
        apiServer.kubeconfig(home).toString(),
        null,
        RolloutObjects.NAMESPACE,
        RolloutObjects.NAME,
        "uid/7",
        website.url(),
        null,
        null,
        "new");
  }
}
