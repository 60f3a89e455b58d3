package mlopsprimer.nodeprovider.training;

/** State of a check that found every ticker trained. */
record TrainingCheckState(TrainingCheckArgs args) {}
