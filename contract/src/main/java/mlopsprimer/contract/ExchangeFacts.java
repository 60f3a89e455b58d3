package mlopsprimer.contract;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The lines of one exchange, as {@link Exchanges} explains them. */
final class ExchangeFacts {
  final String code;
  final String description;
  final Set<String> yahooNames = new HashSet<>();
  final Set<String> suffixes = new HashSet<>();
  final Set<String> indices = new HashSet<>();
  final NavigableMap<LocalDate, Set<DayOfWeek>> weekdays = new TreeMap<>();
  final NavigableMap<LocalDate, Integer> closes = new TreeMap<>();
  final Map<DayOfWeek, Integer> closesOfWeekdays = new EnumMap<>(DayOfWeek.class);
  final Map<LocalDate, Integer> closesOfDays = new HashMap<>();
  final Set<LocalDate> closed = new HashSet<>();
  final Set<LocalDate> extra = new HashSet<>();
  ZoneId zone;
  boolean floating;
  LocalDate firstKnown;
  LocalDate lastKnown;

  ExchangeFacts(String[] words) {
    code = words[1];
    description = String.join(" ", Arrays.copyOfRange(words, 2, words.length));
  }

  void add(String[] words) {
    switch (words[0]) {
      case "zone" -> zone = ZoneId.of(words[1]);
      case "floating" -> floating = true;
      case "known" -> {
        firstKnown = LocalDate.parse(words[1]);
        lastKnown = LocalDate.parse(words[2]);
      }
      case "weekdays" -> weekdays.put(start(words), openWeekdays(words[1]));
      case "close" -> addClose(words);
      case "closed" -> addDays(words, 1, closed::add);
      case "open" -> addDays(words, 1, extra::add);
      case "early" -> addDays(words, 2, day -> closesOfDays.put(day, minutes(words[1])));
      case "yahoo" -> addNames(words, yahooNames);
      case "suffix" -> addNames(words, suffixes);
      case "index" -> addNames(words, indices);
      default ->
          throw new IllegalStateException("unknown word in the table of exchanges: " + words[0]);
    }
  }

  private void addClose(String[] words) {
    if (words.length > 2 && words[2].equals("on")) {
      closesOfWeekdays.put(DayOfWeek.of(Integer.parseInt(words[3])), minutes(words[1]));
    } else {
      closes.put(start(words), minutes(words[1]));
    }
  }

  private static LocalDate start(String[] words) {
    return words.length > 3 ? LocalDate.parse(words[3]) : LocalDate.MIN;
  }

  private static Set<DayOfWeek> openWeekdays(String digits) {
    Set<DayOfWeek> open = EnumSet.noneOf(DayOfWeek.class);
    digits.chars().forEach(digit -> open.add(DayOfWeek.of(digit - '0')));
    return Collections.unmodifiableSet(open);
  }

  private static void addDays(String[] words, int year, Consumer<LocalDate> add) {
    for (int i = year + 1; i < words.length; i++) {
      int monthAndDay = Integer.parseInt(words[i]);
      add.accept(LocalDate.of(Integer.parseInt(words[year]), monthAndDay / 100, monthAndDay % 100));
    }
  }

  private static void addNames(String[] words, Set<String> names) {
    names.addAll(Arrays.asList(words).subList(1, words.length));
  }

  /** Minutes since midnight. 24:00 is the end of the day. */
  private static int minutes(String time) {
    return Integer.parseInt(time.substring(0, 2)) * 60 + Integer.parseInt(time.substring(3));
  }
}
