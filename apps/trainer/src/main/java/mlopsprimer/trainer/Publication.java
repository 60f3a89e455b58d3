package mlopsprimer.trainer;

import mlopsprimer.store.Manifest;
import mlopsprimer.trainer.evaluation.Verdict;

/** Result of a training run: the stored version, and the verdict on it. */
record Publication(String version, Manifest manifest, Verdict verdict) {}
