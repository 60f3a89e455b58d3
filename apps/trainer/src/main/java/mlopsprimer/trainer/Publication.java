package mlopsprimer.trainer;

import mlopsprimer.store.Manifest;
import mlopsprimer.trainer.evaluation.Verdict;

/** What a training run left in the store. */
record Publication(String version, Manifest manifest, Verdict verdict) {}
