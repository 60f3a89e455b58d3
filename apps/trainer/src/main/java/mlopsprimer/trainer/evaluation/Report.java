package mlopsprimer.trainer.evaluation;

import java.util.List;
import mlopsprimer.forest.DirectionModel;
import mlopsprimer.store.Evaluation;
import mlopsprimer.store.OutOfFold;

/**
 * What the walk-forward ended with.
 *
 * @param model trained on all rows, and calibrated on all out-of-fold forecasts
 */
public record Report(DirectionModel model, List<OutOfFold> outOfFold, Evaluation evaluation) {}
