package mlopsprimer.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one pod did of its tickers. The trainer writes it as the termination message of its pod, and
 * the node-provider reads it there.
 *
 * <pre>
 * done SPY,QQQ
 * failed NOSUCH 20 Yahoo does not know this symbol: status=404 …
 * </pre>
 *
 * @param done tickers that are trained, or had nothing new to train on
 * @param failed tickers that are not trained
 */
public record TrainingReport(List<Ticker> done, List<Failure> failed) {
  /** Largest size of a termination message that Kubernetes keeps. */
  public static final int MOST_BYTES = 4096;

  private static final String DONE = "done ";
  private static final Pattern FAILED = Pattern.compile("failed (\\S+) (\\d{1,3}) (.*)");

  private static final String CUT = "...";

  /**
   * A ticker that is not trained.
   *
   * @param status exit code of a run of this ticker alone
   * @param words what failed, in one line
   */
  public record Failure(Ticker ticker, int status, String words) {
    public Failure {
      words = words.strip().replaceAll("\\s+", " ");
    }
  }

  public TrainingReport {
    done = List.copyOf(done);
    failed = List.copyOf(failed);
  }

  /**
   * The report as text of at most {@link #MOST_BYTES}. It shortens the words about failures. It
   * leaves tickers out, those that are done first, only if the symbols alone do not fit.
   */
  public String text() {
    List<String> starts =
        failed.stream()
            .map(each -> "failed %s %d ".formatted(each.ticker(), each.status()))
            .toList();
    int fixed = starts.stream().mapToInt(start -> start.length() + 1).sum();
    String first = doneWithin(MOST_BYTES - fixed);
    int each = Math.max(0, MOST_BYTES - fixed - first.length()) / Math.max(1, failed.size());
    StringBuilder text = new StringBuilder(first);
    for (int i = 0; i < starts.size(); i++) {
      String line = starts.get(i) + within(each, failed.get(i).words()) + "\n";
      if (text.length() + line.length() <= MOST_BYTES) {
        text.append(line);
      }
    }
    return text.toString();
  }

  private String doneWithin(int most) {
    StringBuilder symbols = new StringBuilder();
    for (Ticker ticker : done) {
      String next = (symbols.isEmpty() ? "" : ",") + ticker.symbol();
      if (DONE.length() + symbols.length() + next.length() + 1 > most) {
        break;
      }
      symbols.append(next);
    }
    return DONE + symbols + "\n";
  }

  /** The start of the words, in at most {@code most} ASCII characters. */
  private static String within(int most, String words) {
    String ascii = words.replaceAll("[^ -~]", "?");
    if (ascii.length() <= most) {
      return ascii;
    }
    return most < CUT.length() ? "" : ascii.substring(0, most - CUT.length()) + CUT;
  }

  /**
   * Reads a text that {@link #text} returned. Every other line is left out, so the report of
   * another text, such as the end of a log, is empty.
   */
  public static TrainingReport parse(String text) {
    List<Ticker> done = new ArrayList<>();
    List<Failure> failed = new ArrayList<>();
    for (String line : text.lines().toList()) {
      try {
        Matcher failure = FAILED.matcher(line);
        if (failure.matches()) {
          failed.add(
              new Failure(
                  Ticker.of(failure.group(1)),
                  Integer.parseInt(failure.group(2)),
                  failure.group(3)));
        } else if (line.startsWith(DONE)) {
          done.addAll(Format.TICKERS.parse().apply(line.substring(DONE.length())));
        }
      } catch (IllegalArgumentException e) {
        // This is a line of a log that only looks like a line of a report.
      }
    }
    return new TrainingReport(done, failed);
  }
}
