package mlopsprimer.trainer;

import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;
import mlopsprimer.prices.DataFact;
import mlopsprimer.store.Estimate;
import mlopsprimer.store.Evaluation;
import mlopsprimer.store.Manifest;
import mlopsprimer.trainer.evaluation.Metric;
import mlopsprimer.trainer.evaluation.WalkForward;

/**
 * Model card of a version in Markdown, with the sections of Mitchell et al., "Model Cards for Model
 * Reporting" (2019). Everything in it comes from the manifest.
 */
final class ModelCard {
  private static final String TEMPLATE =
      """
      # Model card: %1$s, version %2$s

      ## Model details

      - A random forest (Weka) that gives the probability that the next session is UP, and its calibration
        towards a smoothed base rate. It serves %3$s.
      - Trained at %4$s; SHA-256 of model.bin: %5$s; %6$d bytes.
      - Settings: %7$s.
      - Software: %8$s. Licence of the program: GPL-3.0-or-later.

      ## Intended use

      - To show how a model is trained, evaluated, versioned and served. **It is not investment advice**, and not
        meant for decisions about money.
      - Label: UP if the adjusted close of the next session is higher than that of this session, so it is the sign
        of the total return, dividends included. A tie is DOWN.

      ## Factors

      - Universe: one instrument, %1$s, and no other. The model knows nothing about other instruments.
      - Sessions follow the calendar "%9$s"; days are days in %10$s.

      ## Metrics

      - Brier score, log loss, ROC AUC within folds, accuracy, balanced accuracy and calibration error, beside two
        baselines: the smoothed base rate, and persistence (the share of UP after the last direction).
      - Skill is 1 - Brier score / Brier score of the base rate.
      - 95 %% intervals come from blocks of 28 successive days that are drawn with replacement.

      ## Evaluation data

      - %11$d days in %12$d folds, %13$s to %14$s. Each forecast was made by a forest and a calibration that had
        seen only earlier days.

      ## Training data

      - %15$d sessions from %16$s, %17$s to %18$s; SHA-256 of the rows: %19$s.
      - %20$d columns, computed from adjusted closes and volumes of past sessions.
      - Faults of the prices: %25$s.

      ## Quantitative analyses

      | metric | model | base rate | persistence |
      | --- | --- | --- | --- |
      %21$s

      Skill: %22$s.

      Permutation importance out of fold: rise of the forests' Brier score if one column is shuffled. If an
      interval contains 0, the column may be noise.

      %23$s

      ## Ethical considerations

      - The prices are public and contain no personal data. A forecast that looks sure can tempt people to risk
        money, so the card and the API show the skill, and the base rate is served where the forest does not help.

      ## Caveats and recommendations

      - The direction of the next day is almost random. Read the intervals, not the values alone.
      - The forest is served if its skill on past days is above 0, so that skill is biased upwards. The realised
        scores in `trainer status` are not: they count only forecasts that were made before the close.
      - Prices that behave differently from the training data, wrong prices, and news are not known to the model.
      - Verdict when it was trained: %24$s.""";

  private ModelCard() {}

  static String of(String version, Manifest manifest) {
    Evaluation evaluation = manifest.evaluation();
    return TEMPLATE.formatted(
        manifest.ticker(),
        version,
        manifest.servesBaseRate()
            ? "the base rate, because the forest did not help"
            : "the calibrated forest",
        manifest.trainedAt(),
        manifest.sha256(),
        manifest.bytes(),
        pairs(manifest.settings()),
        pairs(manifest.software()),
        manifest.calendar(),
        manifest.data().zone(),
        evaluation.rows(),
        evaluation.folds(),
        evaluation.firstDay(),
        evaluation.lastDay(),
        manifest.data().rows(),
        ScoreTable.source(manifest),
        manifest.data().firstDay(),
        manifest.data().lastDay(),
        manifest.data().sha256(),
        manifest.features().names().size(),
        scores(evaluation),
        ScoreTable.skill(manifest),
        importance(evaluation.importance()),
        manifest.verdict(),
        faults(manifest));
  }

  private static String faults(Manifest manifest) {
    return manifest.dataQuality().isEmpty()
        ? "none was found"
        : manifest.dataQuality().stream().map(DataFact::toString).collect(Collectors.joining("; "));
  }

  private static String pairs(Map<String, String> values) {
    return values.entrySet().stream()
        .filter(each -> !each.getValue().isBlank())
        .map(each -> each.getKey() + "=" + each.getValue())
        .collect(Collectors.joining(", "));
  }

  private static String scores(Evaluation evaluation) {
    Map<String, Estimate> ofModel = evaluation.scores().getOrDefault(WalkForward.MODEL, Map.of());
    return ofModel.keySet().stream()
        .map(
            metric ->
                "| %s | %s | %s | %s |"
                    .formatted(
                        Metric.titleOf(metric),
                        ScoreTable.cell(evaluation, WalkForward.MODEL, metric),
                        ScoreTable.cell(evaluation, WalkForward.BASE_RATE, metric),
                        ScoreTable.cell(evaluation, WalkForward.PERSISTENCE, metric)))
        .collect(Collectors.joining("\n"));
  }

  private static String importance(Map<String, Estimate> importance) {
    if (importance == null) {
      return "Not measured by the program that trained this version.";
    }
    return importance.entrySet().stream()
        .sorted(Comparator.comparing(each -> -each.getValue().value()))
        .map(
            each ->
                "| %s | %s [%s, %s] |"
                    .formatted(
                        each.getKey(),
                        ScoreTable.signed(each.getValue().value()),
                        ScoreTable.signed(each.getValue().low()),
                        ScoreTable.signed(each.getValue().high())))
        .collect(
            Collectors.joining("\n", "| column | rise of the Brier score |\n| --- | --- |\n", ""));
  }
}
