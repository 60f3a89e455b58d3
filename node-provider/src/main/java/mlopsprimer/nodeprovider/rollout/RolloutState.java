package mlopsprimer.nodeprovider.rollout;

/** State of a rollout that is complete: its arguments. */
record RolloutState(RolloutArgs args) {}
