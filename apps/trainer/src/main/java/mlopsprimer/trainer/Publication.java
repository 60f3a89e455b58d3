package mlopsprimer.trainer;

import mlopsprimer.store.Manifest;
import mlopsprimer.trainer.evaluation.Verdict;

/**
 * What a training run left in the store.
 *
 * @param live whether the run was allowed to change what is served
 */
record Publication(String version, Manifest manifest, Verdict verdict, boolean live) {}
