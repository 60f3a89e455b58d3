package mlopsprimer.nodeprovider.rollout;

/** State of a complete rollout, which consists of its arguments. */
record RolloutState(RolloutArgs args) {}
