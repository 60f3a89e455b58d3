package mlopsprimer.trainer.weka;

import java.util.ArrayList;
import java.util.List;
import mlopsprimer.features.FeatureTable;
import mlopsprimer.forest.Forest;
import mlopsprimer.trainer.evaluation.ForestTrainer;
import weka.classifiers.Classifier;
import weka.classifiers.trees.RandomForest;
import weka.classifiers.trees.RandomTree;
import weka.core.Attribute;
import weka.core.DenseInstance;
import weka.core.Instance;
import weka.core.Instances;
import weka.core.Version;

/**
 * Grows a Weka RandomForest and copies it to a flat forest. Both forests must give the same
 * probability for every training row, to the last bit. The comparison also fails if Weka did not
 * grow a tree.
 */
public record WekaForestTrainer(ForestSettings settings) implements ForestTrainer {
  /** Gives access to the trees, which Weka shows to subclasses only. */
  private static final class OpenForest extends RandomForest {
    private static final long serialVersionUID = 1L;

    Classifier[] trees() {
      return m_Classifiers;
    }
  }

  @Override
  public Forest train(FeatureTable table, int rows) {
    WekaHome.setUp();
    Instances data = instances(table, rows);
    OpenForest weka = new OpenForest();
    try {
      RandomTree tree = new RandomTree();
      tree.setMaxDepth(settings.maxDepth());
      tree.setMinNum(settings.minLeaf());
      tree.setDoNotCheckCapabilities(true);
      weka.setClassifier(tree);
      weka.setNumIterations(settings.trees());
      weka.setSeed(settings.seed());
      weka.setNumExecutionSlots(1);
      weka.buildClassifier(data);
      Forest forest = WekaTrees.flatten(weka.trees(), table.schema().size());
      requireEqual(forest, weka, table, data);
      return forest;
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      // Weka declares the checked Exception on every method.
      throw new IllegalStateException("Weka could not grow the forest: " + e.getMessage(), e);
    }
  }

  /**
   * Loads Weka, which takes a quarter of a second. The caller can fetch prices in another thread
   * during that time.
   */
  public static void warmUp() {
    WekaHome.setUp();
  }

  public static String wekaVersion() {
    return Version.VERSION;
  }

  static Instances instances(FeatureTable table, int rows) {
    ArrayList<Attribute> attributes = new ArrayList<>();
    table.schema().names().forEach(name -> attributes.add(new Attribute(name)));
    attributes.add(new Attribute("direction", List.of("DOWN", "UP")));
    Instances data = new Instances("days", attributes, rows);
    data.setClassIndex(attributes.size() - 1);
    for (int i = 0; i < rows; i++) {
      Instance day = new DenseInstance(attributes.size());
      day.setDataset(data);
      double[] row = table.row(i);
      for (int column = 0; column < row.length; column++) {
        day.setValue(column, row[column]);
      }
      day.setClassValue(table.up(i) ? WekaTrees.UP : WekaTrees.DOWN);
      data.add(day);
    }
    return data;
  }

  private static void requireEqual(
      Forest forest, RandomForest weka, FeatureTable table, Instances data) throws Exception {
    for (int i = 0; i < data.numInstances(); i++) {
      double ours = forest.probabilityUp(table.row(i));
      double theirs = weka.distributionForInstance(data.instance(i))[WekaTrees.UP];
      if (ours != theirs) {
        throw new IllegalStateException(
            "the flat forest differs from the forest of Weka: day=%s flat=%s weka=%s; this is a bug, please report it"
                .formatted(table.day(i), ours, theirs));
      }
    }
  }
}
