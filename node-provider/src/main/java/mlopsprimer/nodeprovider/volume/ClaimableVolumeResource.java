package mlopsprimer.nodeprovider.volume;

import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.PersistentVolume;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.nio.file.Path;
import java.util.Optional;
import mlopsprimer.nodeprovider.kubernetes.Kubeconfig;
import mlopsprimer.nodeprovider.rpc.Log;
import mlopsprimer.nodeprovider.rpc.ResourceType;

/**
 * Resource type of a PersistentVolume that one claim may bind. Kubernetes never lets a new claim
 * bind a volume of the reclaim policy Retain whose claim was deleted, because the volume names the
 * uid of the deleted claim ("Retain" in the Kubernetes documentation of persistent volumes). This
 * resource removes that uid, so that a new claim of the same name binds the same volume.
 */
public final class ClaimableVolumeResource
    implements ResourceType<ClaimableVolumeArgs, ClaimableVolumeState> {
  private final Path checkout;

  /**
   * @param checkout the directory that relative paths start from
   */
  public ClaimableVolumeResource(Path checkout) {
    this.checkout = checkout;
  }

  @Override
  public String name() {
    return "ClaimableVolume";
  }

  @Override
  public String description() {
    return "A PersistentVolume that a claim of the given name may bind, also after an earlier claim of that name was deleted.";
  }

  @Override
  public Class<ClaimableVolumeArgs> args() {
    return ClaimableVolumeArgs.class;
  }

  @Override
  public Class<ClaimableVolumeState> state() {
    return ClaimableVolumeState.class;
  }

  @Override
  public String id(ClaimableVolumeState state) {
    return state.args().volume();
  }

  @Override
  public boolean hasDrifted(ClaimableVolumeState state, ClaimableVolumeArgs args) {
    return Boolean.TRUE.equals(state.released());
  }

  @Override
  public ClaimableVolumeState preview(ClaimableVolumeArgs args) {
    return new ClaimableVolumeState(args, null, false);
  }

  @Override
  public ClaimableVolumeState previewUpdate(ClaimableVolumeState state, ClaimableVolumeArgs args) {
    boolean willBeLost = Boolean.TRUE.equals(state.released());
    return new ClaimableVolumeState(args, willBeLost ? null : state.lost(), false);
  }

  @Override
  public ClaimableVolumeState create(ClaimableVolumeArgs args, Log log) throws Exception {
    return release(args, ClaimableVolumeState.NONE, log);
  }

  @Override
  public ClaimableVolumeState update(ClaimableVolumeState state, ClaimableVolumeArgs args, Log log)
      throws Exception {
    return release(args, state.lost(), log);
  }

  /** Looks for a claim that was deleted, and changes nothing. */
  @Override
  public Optional<ClaimableVolumeState> read(ClaimableVolumeState state, Log log) throws Exception {
    ClaimableVolumeArgs args = state.args();
    boolean released =
        Kubeconfig.use(cluster(args), cluster -> lostClaim(cluster, args).isPresent());
    return Optional.of(new ClaimableVolumeState(args, state.lost(), released));
  }

  /**
   * Deletes a claim that an interrupted update created and Pulumi's state does not have. Kubernetes
   * would otherwise never let the volume be deleted.
   */
  @Override
  public void delete(ClaimableVolumeState state, Log log) throws Exception {
    ClaimableVolumeArgs args = state.args();
    Kubeconfig.useIfThere(cluster(args), cluster -> deleteLeft(claim(cluster, args), args, log))
        .ifPresent(
            why ->
                log.warn(
                    "the claim %s is skipped, because the cluster may be gone: %s"
                        .formatted(args.claim(), why)));
  }

  private static void deleteLeft(
      Resource<PersistentVolumeClaim> claim, ClaimableVolumeArgs args, Log log) {
    PersistentVolumeClaim left = claim.get();
    if (left != null && args.volume().equals(left.getSpec().getVolumeName())) {
      log.info("deleting the claim %s, which an interrupted update left".formatted(args.claim()));
      claim.delete();
      release(claim);
    }
  }

  private ClaimableVolumeState release(ClaimableVolumeArgs args, String before, Log log)
      throws Exception {
    return Kubeconfig.use(
        cluster(args),
        cluster -> {
          Optional<String> lost = lostClaim(cluster, args);
          if (lost.isPresent()) {
            log.info(
                "the claim %s of the volume %s was deleted: a new claim will bind the volume"
                    .formatted(args.claim(), args.volume()));
            forget(cluster, args, lost.get());
          }
          return new ClaimableVolumeState(args, lost.orElse(before), false);
        });
  }

  /**
   * The uid of the claim that the volume is bound to, if the claim does not exist any more or is
   * being deleted.
   */
  private static Optional<String> lostClaim(KubernetesClient cluster, ClaimableVolumeArgs args) {
    Optional<String> bound =
        Optional.ofNullable(cluster.persistentVolumes().withName(args.volume()).get())
            .map(PersistentVolume::getSpec)
            .map(spec -> spec.getClaimRef())
            .map(ObjectReference::getUid);
    return bound.filter(
        uid -> {
          PersistentVolumeClaim claim = claim(cluster, args).get();
          return claim == null
              || !claim.getMetadata().getUid().equals(uid)
              || claim.getMetadata().getDeletionTimestamp() != null;
        });
  }

  /**
   * Removes the claim's uid from the volume. A claim that is being deleted waits until its last pod
   * has ended. This method ends that wait: the pods keep the volume that they have mounted.
   */
  private static void forget(KubernetesClient cluster, ClaimableVolumeArgs args, String uid) {
    PersistentVolumeClaim deleted = claim(cluster, args).get();
    if (deleted != null && deleted.getMetadata().getUid().equals(uid)) {
      release(claim(cluster, args));
    }
    // The API server applies a patch to the newest state, so a controller that writes at the same
    // time is no conflict. The test of the uid keeps a claim that was bound in the meantime.
    cluster
        .persistentVolumes()
        .withName(args.volume())
        .patch(
            PatchContext.of(PatchType.JSON),
            """
            [{"op": "test", "path": "/spec/claimRef/uid", "value": "%s"},
             {"op": "remove", "path": "/spec/claimRef/uid"},
             {"op": "add", "path": "/spec/claimRef/resourceVersion", "value": ""}]
            """
                .formatted(uid));
  }

  /** Ends the wait of a claim that is being deleted for its pods. */
  private static void release(Resource<PersistentVolumeClaim> claim) {
    if (claim.get() != null) {
      try {
        claim.patch(
            PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\": {\"finalizers\": null}}");
      } catch (KubernetesClientException e) {
        if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) { // else its last pod has just ended
          throw e;
        }
      }
    }
  }

  private static Resource<PersistentVolumeClaim> claim(
      KubernetesClient cluster, ClaimableVolumeArgs args) {
    return cluster.persistentVolumeClaims().inNamespace(args.namespace()).withName(args.claim());
  }

  private Kubeconfig.Cluster cluster(ClaimableVolumeArgs args) {
    return new Kubeconfig.Cluster(checkout.resolve(args.kubeconfig()), args.kubeContext());
  }
}
