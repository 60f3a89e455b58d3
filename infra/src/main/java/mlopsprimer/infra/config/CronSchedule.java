package mlopsprimer.infra.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import mlopsprimer.contract.Format;

/**
 * The times at which a CronJob starts, in five fields: minute, hour, day of month, month, day of
 * week. Kubernetes reads schedules by the rules of robfig/cron v3, which differ from those of Unix:
 * Sunday is 0 and never 7, and a range does not go past the end of its field. The method {@code of}
 * refuses every schedule that Kubernetes refuses, and schedules that never start a Job.
 *
 * @param text the fields with one blank between them
 */
public record CronSchedule(String text) {
  private static final String AUTO = "auto";

  /** A schedule, or none for the text {@code auto}. */
  static final Format<Optional<CronSchedule>> FORMAT =
      new Format<>(
          "auto or a cron schedule of five fields (minute, hour, day of month, month, day of week"
              + " from 0 to 6), such as 30 17 * * 1-5",
          text -> text.equals(AUTO) ? Optional.empty() : Optional.of(of(text)),
          schedule -> schedule.map(CronSchedule::text).orElse(AUTO));

  private static final List<String> NO_NAMES = List.of();
  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
  private static final List<String> DAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");
  private static final List<Field> FIELDS =
      List.of(
          new Field(0, 59, NO_NAMES),
          new Field(0, 23, NO_NAMES),
          new Field(1, 31, NO_NAMES),
          new Field(1, 12, MONTHS),
          new Field(0, 6, DAYS));
  private static final Set<String> ANY = Set.of("*", "?", "*/1", "?/1");
  private static final int DAY_OF_MONTH = 2;
  private static final int MONTH = 3;
  private static final int DAY_OF_WEEK = 4;

  /**
   * The largest number of days of each month. Index 1 is January, and February can have 29 days.
   */
  private static final int[] LONGEST = {0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  /**
   * @throws IllegalArgumentException if the text is not such a schedule
   */
  static CronSchedule of(String text) {
    String[] fields = text.strip().split("[ \\t]+", -1);
    if (fields.length != FIELDS.size()) {
      throw new IllegalArgumentException("not a schedule of five fields: " + text);
    }
    List<BitSet> values = new ArrayList<>();
    for (int i = 0; i < fields.length; i++) {
      values.add(FIELDS.get(i).parse(fields[i]));
    }
    // A day of week * or ?, also with the step 1, does not restrict the days.
    boolean anyWeekday = Arrays.stream(fields[DAY_OF_WEEK].split(",")).anyMatch(ANY::contains);
    if (anyWeekday && !hasDay(values.get(DAY_OF_MONTH), values.get(MONTH))) {
      throw new IllegalArgumentException("none of the months has one of the days: " + text);
    }
    return new CronSchedule(String.join(" ", fields));
  }

  private static boolean hasDay(BitSet days, BitSet months) {
    return months.stream().anyMatch(month -> days.nextSetBit(1) <= LONGEST[month]);
  }

  @Override
  public String toString() {
    return text;
  }

  /**
   * The rules of one field, whose text is a list of values, ranges and steps.
   *
   * @param names names of the values, from the lowest value on; empty if the values have no names
   */
  private record Field(int lowest, int highest, List<String> names) {

    /** The values that the text of the field selects. */
    BitSet parse(String text) {
      BitSet values = new BitSet();
      for (String part : text.split(",", -1)) {
        String[] rangeAndStep = part.split("/", -1);
        require(rangeAndStep.length <= 2, part);
        int step = rangeAndStep.length == 2 ? number(rangeAndStep[1]) : 1;
        require(step > 0, part);
        String[] ends = rangeAndStep[0].split("-", -1);
        require(ends.length <= 2, part);
        boolean any = ends[0].equals("*") || ends[0].equals("?");
        require(!any || ends.length == 1, part);
        int from = any ? lowest : value(ends[0]);
        int to =
            ends.length == 2 ? value(ends[1]) : any || rangeAndStep.length == 2 ? highest : from;
        require(lowest <= from && from <= to && to <= highest, part);
        for (int i = from; i <= to; i += step) {
          values.set(i);
        }
      }
      return values;
    }

    private int value(String text) {
      int index = names.indexOf(text.toLowerCase(Locale.ROOT));
      return index < 0 ? number(text) : lowest + index;
    }

    private static int number(String text) {
      require(text.matches("[0-9]{1,4}"), text);
      return Integer.parseInt(text);
    }

    private static void require(boolean condition, String part) {
      if (!condition) {
        throw new IllegalArgumentException("not a part of a schedule: " + part);
      }
    }
  }
}
