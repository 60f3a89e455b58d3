package mlopsprimer.nodeprovider.ownership;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import mlopsprimer.contract.StackOwner;
import mlopsprimer.nodeprovider.image.ImageArchives;
import mlopsprimer.nodeprovider.kubernetes.Kubeconfig;
import mlopsprimer.nodeprovider.node.NodeSweep;
import mlopsprimer.nodeprovider.rpc.Log;
import mlopsprimer.nodeprovider.rpc.ResourceException;
import mlopsprimer.nodeprovider.rpc.ResourceType;
import mlopsprimer.nodeprovider.takeover.Takeover;

/**
 * Resource type of a stack's ownership of its names on a cluster. Every other resource of the stack
 * depends on it. So it is created first, and refuses names that another stack uses. And it is
 * deleted last, when everything that Pulumi's state has is gone, and removes what interrupted
 * updates left: an update that is killed cannot record what it was just creating.
 */
public final class OwnershipResource implements ResourceType<OwnershipArgs, OwnershipState> {
  private static final int ID_BYTES = 6;

  private final Path checkout;

  /**
   * @param checkout the directory that relative paths start from
   */
  public OwnershipResource(Path checkout) {
    this.checkout = checkout;
  }

  @Override
  public String name() {
    return "Ownership";
  }

  @Override
  public String description() {
    return "The names that one stack uses on a cluster and its nodes. Names that another stack uses are refused.";
  }

  @Override
  public Class<OwnershipArgs> args() {
    return OwnershipArgs.class;
  }

  @Override
  public Class<OwnershipState> state() {
    return OwnershipState.class;
  }

  @Override
  public Map<String, String> problemsWithChange(OwnershipArgs before, OwnershipArgs args) {
    return args.namespace() == null || args.namespace().equals(before.namespace())
        ? Map.of()
        : Map.of(
            "namespace",
            "cannot change from %s to %s while the stack exists: set the previous value again, or run 'pulumi destroy' and then 'pulumi up'"
                .formatted(before.namespace(), args.namespace()));
  }

  @Override
  public String id(OwnershipState state) {
    return state.owner();
  }

  /** Refuses names that another stack uses already in a preview, like {@link #create}. */
  @Override
  public OwnershipState preview(OwnershipArgs args) throws Exception {
    own(args, new StackOwner(args.project(), args.stack(), StackOwner.KEPT));
    return new OwnershipState(args, null);
  }

  @Override
  public OwnershipState previewUpdate(OwnershipState state, OwnershipArgs args)
      throws ResourceException {
    StackOwner owner = state.stackOwner().renamed(args.project(), args.stack());
    return new OwnershipState(args, owner.toString());
  }

  @Override
  public OwnershipState create(OwnershipArgs args, Log log) throws Exception {
    byte[] id = new byte[ID_BYTES];
    new SecureRandom().nextBytes(id);
    return own(args, new StackOwner(args.project(), args.stack(), HexFormat.of().formatHex(id)));
  }

  @Override
  public OwnershipState update(OwnershipState state, OwnershipArgs args, Log log) throws Exception {
    return own(args, state.stackOwner().renamed(args.project(), args.stack()));
  }

  private OwnershipState own(OwnershipArgs args, StackOwner owner) throws Exception {
    Takeover takeover = new Takeover(owner, args.adopt());
    return Kubeconfig.use(
        args.cluster(checkout),
        cluster -> {
          new MarkedObjects(cluster, args).requireUsable(takeover);
          return new OwnershipState(args, owner.toString());
        });
  }

  /**
   * Returns the stored state. Only this stack's state knows its id.
   *
   * @throws ResourceException if another stack has taken the names over
   */
  @Override
  public Optional<OwnershipState> read(OwnershipState state, Log log) throws Exception {
    StackOwner owner = state.stackOwner();
    Kubeconfig.useIfThere(
            state.args().cluster(checkout),
            cluster -> new MarkedObjects(cluster, state.args()).requireNotTakenOver(owner))
        .ifPresent(why -> log.warn("the mark of the namespace was not compared, because " + why));
    return Optional.of(state);
  }

  @Override
  public void delete(OwnershipState state, Log log) throws Exception {
    OwnershipArgs args = state.args();
    StackOwner owner = state.stackOwner();
    Kubeconfig.useIfThere(
            args.cluster(checkout),
            cluster -> new MarkedObjects(cluster, args).deleteOf(owner, log))
        .ifPresent(
            why ->
                log.warn(
                    "the cluster is skipped, because %s: if it still exists, look for the namespace %s with kubectl"
                        .formatted(why, args.namespace())));
    if (args.usesNodes()) {
      NodeSweep.run(
          checkout.resolve(args.sshConfig()),
          new NodeSweep.Target(
              args.nodes(), args.images(), args.path(), Boolean.TRUE.equals(args.keep()), owner),
          log);
    }
    for (String image : args.images()) {
      ImageArchives.of(checkout).deleteAll(image);
    }
  }
}
