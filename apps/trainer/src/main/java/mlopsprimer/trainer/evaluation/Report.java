package mlopsprimer.trainer.evaluation;

import java.util.List;
import mlopsprimer.forest.Calibration;
import mlopsprimer.store.Evaluation;
import mlopsprimer.store.OutOfFold;

/**
 * What the walk-forward found.
 *
 * @param calibration for the forest that is trained on all rows
 */
public record Report(List<OutOfFold> outOfFold, Calibration calibration, Evaluation evaluation) {}
