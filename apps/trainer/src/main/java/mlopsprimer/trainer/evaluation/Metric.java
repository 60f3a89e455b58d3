package mlopsprimer.trainer.evaluation;

/** What forecasts are judged by. */
enum Metric {
  BRIER("brier"),
  LOG_LOSS("logLoss"),
  ROC_AUC("rocAuc"),
  ACCURACY("accuracy"),
  BALANCED_ACCURACY("balancedAccuracy"),
  ECE("ece");

  /** Its name in manifests. */
  final String key;

  Metric(String key) {
    this.key = key;
  }
}
