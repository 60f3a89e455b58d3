package mlopsprimer.nodeprovider.ownership;

import mlopsprimer.contract.StackOwner;
import mlopsprimer.nodeprovider.rpc.Property;
import mlopsprimer.nodeprovider.rpc.ResourceException;

/** State of an ownership. */
record OwnershipState(
    OwnershipArgs args,
    @Property(
            "The mark of the stack, project/stack/id. The id is chosen when the ownership is created.")
        String owner) {

  StackOwner stackOwner() throws ResourceException {
    return StackOwner.parse(owner)
        .orElseThrow(
            () ->
                new ResourceException(
                    "the stored state has the owner '%s', which is not of the form project/stack/id: correct the state with 'pulumi stack export' and 'pulumi stack import'"
                        .formatted(owner)));
  }
}
