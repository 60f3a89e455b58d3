package mlopsprimer.nodeprovider.rollout;

import mlopsprimer.nodeprovider.rpc.Property;

/** State of a complete rollout. */
record RolloutState(
    RolloutArgs args,
    @Property(value = "URL at which the pods of the Deployment answer.", optional = true)
        String answersAt) {}
