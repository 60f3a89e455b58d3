package mlopsprimer.nodeprovider.ownership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import mlopsprimer.contract.StackOwner;
import mlopsprimer.nodeprovider.kubernetes.FakeCluster;
import mlopsprimer.nodeprovider.rpc.RecordedLog;
import mlopsprimer.nodeprovider.rpc.ResourceException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnershipResourceTest {
  private static final StackOwner OTHER = new StackOwner("mlops-primer", "prod", "ba9876543210");

  @TempDir Path checkout;

  private final RecordedLog log = new RecordedLog();
  private OwnershipResource ownerships;
  private FakeCluster cluster;

  @BeforeEach
  void start() throws IOException {
    cluster = new FakeCluster(checkout);
    ownerships = new OwnershipResource(checkout);
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void twoStacksOfTheSameNameHaveDifferentIds() throws Exception {
    OwnershipState one = ownerships.create(args("none"), log);
    OwnershipState two = ownerships.create(args("none"), log);

    assertThat(one.owner()).matches("mlops-primer/dev/[0-9a-f]{12}").isNotEqualTo(two.owner());
  }

  @Test
  void theNamespaceOfAnotherStackIsRefusedAndTheErrorSaysWhatToSet() throws Exception {
    createNamespace(OTHER);

    assertThatThrownBy(() -> ownerships.create(args("none"), log))
        .isInstanceOf(ResourceException.class)
        .hasMessageContaining(
            "the namespace mlops-primer belongs to the stack prod of the project mlops-primer, whose id is ba9876543210")
        .hasMessageContaining("pulumi config set namespace mlops-primer-dev")
        .hasMessageContaining("pulumi config set storagePath /var/lib/mlops-primer-dev")
        .hasMessageContaining("pulumi config set nodePort 30952")
        .hasMessageContaining("pulumi config set adopt ba9876543210");
  }

  @Test
  void aPreviewRefusesTheNamespaceOfAnotherStackToo() throws Exception {
    createNamespace(OTHER);

    assertThatThrownBy(() -> ownerships.preview(args("none")))
        .hasMessageContaining("belongs to the stack prod");
  }

  @Test
  void aNamespaceWithoutAMarkIsRefusedUnlessItIsNamed() throws Exception {
    createNamespace(null);

    assertThatThrownBy(() -> ownerships.create(args("none"), log))
        .hasMessageContaining("exists, and does not carry the mark of a stack")
        .hasMessageContaining("pulumi config set adopt unmarked");
    assertThat(ownerships.create(args("unmarked"), log).owner()).startsWith("mlops-primer/dev/");
  }

  @Test
  void theNamespaceOfAnotherStackIsTakenOverByItsId() throws Exception {
    createNamespace(OTHER);

    assertThat(ownerships.create(args(OTHER.id()), log).owner()).startsWith("mlops-primer/dev/");
  }

  /** The namespace may be gone while the volume is still there. */
  @Test
  void theVolumeOfAnotherStackIsRefused() throws Exception {
    createVolume(OTHER);

    assertThatThrownBy(() -> ownerships.create(args("none"), log))
        .hasMessageContaining("the PersistentVolume mlops-primer-store belongs to the stack prod");
  }

  @Test
  void aPortOfAnotherNamespaceIsRefusedAndAFreeOneIsNamed() throws Exception {
    createService("mlops-primer-prod", 30_951);
    createService("elsewhere", 30_952);

    assertThatThrownBy(() -> ownerships.create(args("none"), log))
        .hasMessageContaining(
            "the port 30951 belongs to the Service api of the namespace mlops-primer-prod")
        .hasMessageContaining("pulumi config set nodePort 30953");
  }

  @Test
  void thePortOfTheMlflowServerMayNotBelongToAnotherNamespaceEither() {
    createService("mlops-primer-prod", 30_950);

    assertThatThrownBy(() -> ownerships.create(args("none"), log))
        .hasMessageContaining(
            "the port 30950 belongs to the Service api of the namespace mlops-primer-prod")
        .hasMessageContaining("pulumi config set mlflowNodePort 30952");
  }

  @Test
  void aRenamedStackKeepsItsId() throws Exception {
    OwnershipState state = ownerships.create(args("none"), log);
    createNamespace(state.stackOwner());

    OwnershipState renamed = ownerships.update(state, ofStack("Prod_EU.1"), log);

    assertThat(renamed.stackOwner())
        .isEqualTo(state.stackOwner().renamed("mlops-primer", "Prod_EU.1"));
  }

  @Test
  void theNamespaceInAnErrorIsOneThatTheSettingAccepts() throws Exception {
    createNamespace(OTHER);

    assertThatThrownBy(() -> ownerships.create(ofStack("Prod_EU.1"), log))
        .hasMessageContaining("pulumi config set namespace mlops-primer-prod-eu-1\n");
  }

  @Test
  void aRefreshOfAStackThatWasTakenOverIsRefused() throws Exception {
    OwnershipState state = ownerships.create(args("none"), log);
    createNamespace(OTHER);

    assertThatThrownBy(() -> ownerships.read(state, log))
        .hasMessageContaining("belongs to the stack " + OTHER)
        .hasMessageContaining("'pulumi stack rm --force'");
  }

  @Test
  void aStackDoesNotChangeItsNamespace() {
    assertThat(ownerships.problemsWithChange(args("none"), inNamespace("elsewhere")))
        .containsOnlyKeys("namespace")
        .extractingByKey("namespace")
        .asString()
        .contains("cannot change from mlops-primer to elsewhere", "'pulumi destroy'");
  }

  @Test
  void deletingRemovesWhatAnInterruptedUpdateLeftOnTheCluster() throws Exception {
    OwnershipState state = ownerships.create(args("none"), log);
    createNamespace(state.stackOwner());
    createVolume(state.stackOwner());

    ownerships.delete(state, log);

    assertThat(cluster.client().namespaces().withName("mlops-primer").get()).isNull();
    assertThat(cluster.client().persistentVolumes().withName("mlops-primer-store").get()).isNull();
    assertThat(log.messages())
        .anyMatch(line -> line.startsWith("deleting the namespace mlops-primer"));
  }

  @Test
  void deletingLeavesTheObjectsOfAnotherStack() throws Exception {
    OwnershipState state = ownerships.create(args("none"), log);
    createNamespace(OTHER);

    ownerships.delete(state, log);

    assertThat(cluster.client().namespaces().withName("mlops-primer").get()).isNotNull();
  }

  @Test
  void deletingAfterTheClusterIsGoneWarnsOfWhatIsSkipped() throws Exception {
    OwnershipState state = ownerships.create(args("none"), log);
    Files.delete(checkout.resolve("admin.conf"));

    ownerships.delete(state, log);

    assertThat(log.warnings())
        .anyMatch(line -> line.startsWith("the cluster is skipped"))
        .anyMatch(line -> line.startsWith("kube-worker-1 is skipped"));
  }

  private void createNamespace(StackOwner owner) {
    cluster
        .client()
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName("mlops-primer")
                .withAnnotations(mark(owner))
                .endMetadata()
                .build())
        .create();
  }

  private void createService(String namespace, int nodePort) {
    cluster
        .client()
        .resource(
            new ServiceBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName("api")
                .endMetadata()
                .withNewSpec()
                .addNewPort()
                .withNodePort(nodePort)
                .endPort()
                .endSpec()
                .build())
        .create();
  }

  private void createVolume(StackOwner owner) {
    cluster
        .client()
        .resource(
            new PersistentVolumeBuilder()
                .withNewMetadata()
                .withName("mlops-primer-store")
                .withAnnotations(mark(owner))
                .endMetadata()
                .build())
        .create();
  }

  private static Map<String, String> mark(StackOwner owner) {
    return owner == null ? Map.of() : Map.of(StackOwner.ANNOTATION, owner.toString());
  }

  private static OwnershipArgs args(String adopt) {
    return args("mlops-primer", adopt);
  }

  private static OwnershipArgs inNamespace(String namespace) {
    return args(namespace, "none");
  }

  private static OwnershipArgs ofStack(String stack) {
    return args(stack, "mlops-primer", "none");
  }

  private static OwnershipArgs args(String namespace, String adopt) {
    return args("dev", namespace, adopt);
  }

  private static OwnershipArgs args(String stack, String namespace, String adopt) {
    return new OwnershipArgs(
        "mlops-primer",
        stack,
        namespace,
        "mlops-primer-store",
        "/var/lib/mlops-primer",
        List.of("localhost/ml-trainer", "localhost/ml-api"),
        30_951,
        30_950,
        List.of("kube-worker-1"),
        false,
        adopt,
        "admin.conf",
        null,
        "ssh-config");
  }
}
