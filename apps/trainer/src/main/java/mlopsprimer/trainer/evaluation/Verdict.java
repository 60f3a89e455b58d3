package mlopsprimer.trainer.evaluation;

/** Decision whether a challenger becomes the champion, and its reason. */
public record Verdict(boolean promoted, String reason) {
  static Verdict promote(String reason, Object... facts) {
    return new Verdict(true, reason.formatted(facts));
  }

  static Verdict keep(String reason, Object... facts) {
    return new Verdict(false, reason.formatted(facts));
  }

  @Override
  public String toString() {
    return (promoted ? "promoted: " : "not promoted: ") + reason;
  }
}
