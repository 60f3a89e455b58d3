package mlopsprimer.nodeprovider.volume;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import java.io.IOException;
import java.nio.file.Path;
import mlopsprimer.nodeprovider.kubernetes.FakeCluster;
import mlopsprimer.nodeprovider.rpc.RecordedLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClaimableVolumeResourceTest {
  private static final ClaimableVolumeArgs ARGS =
      new ClaimableVolumeArgs("admin.conf", null, "mlops-primer-store", "mlops-primer", "store");

  @TempDir Path checkout;

  private final RecordedLog log = new RecordedLog();
  private ClaimableVolumeResource volumes;
  private FakeCluster cluster;

  @BeforeEach
  void start() throws IOException {
    cluster = new FakeCluster(checkout);
    volumes = new ClaimableVolumeResource(checkout);
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void aVolumeWhoseClaimExistsHasNotDrifted() throws Exception {
    String uid = createClaim();
    createVolumeBoundTo(uid);
    ClaimableVolumeState state = volumes.create(ARGS, log);

    ClaimableVolumeState seen = volumes.read(state, log).orElseThrow();

    assertThat(volumes.hasDrifted(seen, ARGS)).isFalse();
    assertThat(volumes.update(seen, ARGS, log).lost()).isEqualTo("none");
    assertThat(boundTo()).isEqualTo(uid);
  }

  @Test
  void aVolumeWhoseClaimWasDeletedCanBeClaimedAgain() throws Exception {
    createVolumeBoundTo("uid-of-a-deleted-claim");
    ClaimableVolumeState before = new ClaimableVolumeState(ARGS, "none", false);

    ClaimableVolumeState seen = volumes.read(before, log).orElseThrow();
    assertThat(volumes.hasDrifted(seen, ARGS)).isTrue();
    ClaimableVolumeState after = volumes.update(seen, ARGS, log);

    assertThat(boundTo()).isNull();
    assertThat(after.lost()).isEqualTo("uid-of-a-deleted-claim");
    assertThat(volumes.hasDrifted(after, ARGS)).isFalse();
  }

  @Test
  void aVolumeThatIsStillBoundToAnEarlierClaimOfTheSameNameHasDrifted() throws Exception {
    createClaim();
    createVolumeBoundTo("uid-of-an-earlier-claim");
    ClaimableVolumeState before = new ClaimableVolumeState(ARGS, "none", false);

    assertThat(volumes.hasDrifted(volumes.read(before, log).orElseThrow(), ARGS)).isTrue();
  }

  @Test
  void aClaimThatAnInterruptedUpdateLeftIsDeletedWithTheVolume() throws Exception {
    createVolumeBoundTo(createClaim());

    volumes.delete(new ClaimableVolumeState(ARGS, "none", false), log);

    assertThat(
            cluster
                .client()
                .persistentVolumeClaims()
                .inNamespace("mlops-primer")
                .withName("store")
                .get())
        .isNull();
    assertThat(log.messages())
        .containsExactly("deleting the claim store, which an interrupted update left");
  }

  @Test
  void aVolumeThatDoesNotExistIsNotAnError() throws Exception {
    ClaimableVolumeState state = volumes.create(ARGS, log);

    assertThat(volumes.read(state, log)).contains(state);
  }

  private String createClaim() {
    return cluster
        .client()
        .resource(
            new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withNamespace("mlops-primer")
                .withName("store")
                .endMetadata()
                .withNewSpec()
                .withVolumeName("mlops-primer-store")
                .endSpec()
                .build())
        .create()
        .getMetadata()
        .getUid();
  }

  private void createVolumeBoundTo(String uid) {
    cluster
        .client()
        .resource(
            new PersistentVolumeBuilder()
                .withNewMetadata()
                .withName("mlops-primer-store")
                .endMetadata()
                .withNewSpec()
                .withNewClaimRef()
                .withNamespace("mlops-primer")
                .withName("store")
                .withUid(uid)
                .withResourceVersion("7")
                .endClaimRef()
                .endSpec()
                .build())
        .create();
  }

  private String boundTo() {
    ObjectReference claim =
        cluster
            .client()
            .persistentVolumes()
            .withName("mlops-primer-store")
            .get()
            .getSpec()
            .getClaimRef();
    return claim.getUid();
  }
}
