package mlopsprimer.prices;

/**
 * Name of the place that prices came from: {@code yahoo}, {@code csv:FILE} or {@code sample}. In
 * JSON, a data source is its name.
 */
public record DataSource(String name) {
  /** Synthetic prices. */
  public static final DataSource SAMPLE = new DataSource("sample");

  /**
   * @throws IllegalArgumentException if the name is blank
   */
  public DataSource {
    if (name.isBlank()) {
      throw new IllegalArgumentException("the name of a data source is blank");
    }
  }

  /** Whether this program generated the prices. */
  public boolean isSynthetic() {
    return equals(SAMPLE);
  }

  @Override
  public String toString() {
    return name;
  }
}
