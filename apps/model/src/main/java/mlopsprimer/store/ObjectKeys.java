package mlopsprimer.store;

import java.util.Optional;
import mlopsprimer.contract.AppPod;
import mlopsprimer.contract.Ticker;

/** Keys of the objects of one ticker in the model store. */
record ObjectKeys(Ticker ticker) {
  static final String CHAMPIONS = "champions/";
  static final String LATEST = "latest/";
  static final String REALISED = "realised/";
  static final String FORECASTS = "forecasts/";
  static final String VERSIONS = "versions/";

  static final String MODEL = AppPod.MODEL_FILE;
  static final String MANIFEST = "manifest.json";
  static final String OUT_OF_FOLD = "out-of-fold.csv";
  static final String PORTABLE = "model.onnx";

  private static final String JSON = ".json";
  private static final String LINES = ".jsonl";

  String champion() {
    return CHAMPIONS + name() + JSON;
  }

  String latest() {
    return LATEST + name() + JSON;
  }

  String realised() {
    return REALISED + name() + JSON;
  }

  String forecasts() {
    return FORECASTS + name() + LINES;
  }

  /** Prefix of the objects of all versions. */
  String versions() {
    return VERSIONS + name() + "/";
  }

  /**
   * Prefix of the objects of a version.
   *
   * @throws IllegalArgumentException if the text does not have the form of a version's id
   */
  String version(String version) {
    VersionId.check(version);
    return versions() + version + "/";
  }

  String model(String version) {
    return version(version) + MODEL;
  }

  String manifest(String version) {
    return version(version) + MANIFEST;
  }

  String portable(String version) {
    return version(version) + PORTABLE;
  }

  String outOfFold(String version) {
    return version(version) + OUT_OF_FOLD;
  }

  private String name() {
    return ticker.directoryName();
  }

  /**
   * Ticker of an object in one of the folders of pointers; empty if the object is not that of a
   * ticker.
   *
   * @param folder prefix of the key, such as {@link #CHAMPIONS}
   */
  static Optional<Ticker> tickerOf(String key, String folder) {
    String name = key.substring(folder.length());
    String extension = name.endsWith(LINES) ? LINES : JSON;
    return name.endsWith(extension)
        ? tickerNamed(name.substring(0, name.length() - extension.length()))
        : Optional.empty();
  }

  /** Ticker whose percent-encoded symbol is this name; empty if there is none. */
  static Optional<Ticker> tickerNamed(String name) {
    try {
      Ticker ticker = Ticker.ofDirectoryName(name);
      return ticker.directoryName().equals(name) ? Optional.of(ticker) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
