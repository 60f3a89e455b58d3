package mlopsprimer.trainer.evaluation;

/** Decision whether a challenger becomes the champion, and its reason. */
public record Verdict(boolean promoted, String reason) {
  private static final String PROMOTED = "promoted: ";

  static Verdict promote(String reason, Object... facts) {
    return new Verdict(true, reason.formatted(facts));
  }

  static Verdict keep(String reason, Object... facts) {
    return new Verdict(false, reason.formatted(facts));
  }

  /** Whether a text, which {@link #toString} returned, is that of a promotion. */
  public static boolean isPromotion(String text) {
    return text != null && text.startsWith(PROMOTED);
  }

  @Override
  public String toString() {
    return (promoted ? PROMOTED : "not promoted: ") + reason;
  }
}
