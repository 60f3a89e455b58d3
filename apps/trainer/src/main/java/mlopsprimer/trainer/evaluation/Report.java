package mlopsprimer.trainer.evaluation;

import java.util.List;
import mlopsprimer.forest.DirectionModel;
import mlopsprimer.store.Evaluation;
import mlopsprimer.store.OutOfFold;

/**
 * Model, and its walk-forward evaluation.
 *
 * @param model model that was trained on all rows and calibrated on all out-of-fold forecasts
 */
public record Report(DirectionModel model, List<OutOfFold> outOfFold, Evaluation evaluation) {}
