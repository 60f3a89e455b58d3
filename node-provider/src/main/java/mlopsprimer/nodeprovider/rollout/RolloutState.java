package mlopsprimer.nodeprovider.rollout;

/** State of a complete rollout. The state consists of the rollout's arguments. */
record RolloutState(RolloutArgs args) {}
