package mlopsprimer.nodeprovider.takeover;

import java.util.Locale;
import java.util.Optional;
import mlopsprimer.contract.StackOwner;
import mlopsprimer.nodeprovider.rpc.ResourceException;

/**
 * The rule for what a stack may use although it did not create it: what carries the stack's own
 * mark, what a destroyed stack of the same name kept, and what the user named to be adopted.
 *
 * @param owner the stack
 * @param adopt id of another stack, {@link StackOwner#UNMARKED}, or another word for nothing
 */
public record Takeover(StackOwner owner, String adopt) {

  /** Whether the stack may use something with that mark. */
  public boolean allows(Optional<StackOwner> mark) {
    return mark.map(
            found -> found.equals(owner) || found.equals(owner.kept()) || found.id().equals(adopt))
        .orElse(adopt.equals(StackOwner.UNMARKED));
  }

  /**
   * Fails if the stack may not use what exists.
   *
   * @param what a name for it, such as the namespace mlops-primer
   * @param mark its mark; empty if it has none
   */
  public void require(String what, Optional<StackOwner> mark) throws ResourceException {
    if (!allows(mark)) {
      throw new ResourceException(refusal(what, mark));
    }
  }

  private String refusal(String what, Optional<StackOwner> mark) {
    String beside = "mlops-primer-" + owner.stack().toLowerCase(Locale.ROOT);
    return """
        %s %s. Nothing was changed.
        To run this stack beside it, give this stack names of its own, and then run 'pulumi up':
          pulumi config set namespace %s
          pulumi config set storagePath /var/lib/%s
          pulumi config set nodePort 30952
        To take it over%s, run:
          pulumi config set adopt %s"""
        .formatted(
            what,
            mark.map(
                    found ->
                        "belongs to the stack %s of the project %s, whose id is %s"
                            .formatted(found.stack(), found.project(), found.id()))
                .orElse("exists, and does not carry the mark of a stack"),
            beside,
            beside,
            mark.isPresent()
                ? ", for example because the state of that stack was lost, and to run no other command of Pulumi on that stack"
                : ", for example because an earlier version of this project created it",
            mark.map(StackOwner::id).orElse(StackOwner.UNMARKED));
  }
}
