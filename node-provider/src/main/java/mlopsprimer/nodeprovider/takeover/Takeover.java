package mlopsprimer.nodeprovider.takeover;

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
            found ->
                found.isSameStackAs(owner)
                    || found.equals(owner.kept())
                    || found.id().equals(adopt))
        .orElse(adopt.equals(StackOwner.UNMARKED));
  }

  /**
   * Fails if the stack may not use what exists.
   *
   * @param what a name for it, such as the namespace mlops-primer
   * @param mark its mark; empty if it has none
   * @param beside the commands that give this stack names of its own, one in each line
   */
  public void require(String what, Optional<StackOwner> mark, String beside)
      throws ResourceException {
    if (!allows(mark)) {
      throw new ResourceException(
          """
          %s %s. It was not changed.
          To use another name, run these commands, and then 'pulumi up':
          %s
          To take it over%s, run:
            pulumi config set adopt %s"""
              .formatted(
                  what,
                  mark.map(Takeover::ownerOf)
                      .orElse("exists, and does not carry the mark of a stack"),
                  beside.indent(2).stripTrailing(),
                  mark.map(Takeover::reasonToTakeFrom)
                      .orElse(
                          ", for example because an earlier version of this project created it"),
                  mark.map(StackOwner::id).orElse(StackOwner.UNMARKED)));
    }
  }

  private static String ownerOf(StackOwner found) {
    return found.id().equals(StackOwner.KEPT)
        ? "was kept when the stack %s of the project %s was destroyed"
            .formatted(found.stack(), found.project())
        : "belongs to the stack %s of the project %s, whose id is %s"
            .formatted(found.stack(), found.project(), found.id());
  }

  private static String reasonToTakeFrom(StackOwner found) {
    return found.id().equals(StackOwner.KEPT)
        ? ""
        : ", for example because the state of that stack was lost, and to run no other command of Pulumi on that stack";
  }
}
