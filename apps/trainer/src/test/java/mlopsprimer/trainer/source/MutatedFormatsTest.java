package mlopsprimer.trainer.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import mlopsprimer.fixtures.Prices;
import mlopsprimer.prices.BadDataException;
import mlopsprimer.prices.DailyPrice;
import mlopsprimer.prices.DataFact;
import mlopsprimer.prices.DataSource;
import mlopsprimer.prices.PriceSeries;
import mlopsprimer.prices.TradingCalendar;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Changes files in ways that people and programs change them. Each file must be refused with
 * advice, or be read right. Right means that each price is that of its day within a percent, or
 * that a fact names the day.
 */
class MutatedFormatsTest {
  private static final int MUTANTS = 200;
  private static final int SESSIONS = 560;
  private static final double TOLERANCE = 0.01;

  /** Cents, because files have no more digits. */
  private static final List<DailyPrice> WALK =
      Prices.walk(Market.FRIDAY, SESSIONS, 3).stream().map(MutatedFormatsTest::inCents).toList();

  private static final Map<LocalDate, Double> TRUTH =
      WALK.stream().collect(Collectors.toMap(DailyPrice::day, DailyPrice::adjustedClose));

  private static final PriceRequest TWO_YEARS =
      new PriceRequest(Market.SPY, Period.ofYears(2), Optional.empty(), false, YahooFixture.LONG);

  private static DailyPrice inCents(DailyPrice row) {
    return new DailyPrice(
        row.day(),
        cents(row.open() * 0.98),
        cents(row.high()),
        cents(row.low() * 0.98 * 0.999),
        cents(row.close()),
        cents(row.close() * 0.98),
        row.volume());
  }

  private static double cents(double price) {
    return Math.rint(price * 100) / 100;
  }

  @ParameterizedTest
  @EnumSource
  void theFormIsReadRight(PriceFormat format) throws IOException {
    PriceSeries series = read(format.text(WALK));
    assertThat(series.rows()).extracting(DailyPrice::day).doesNotHaveDuplicates();
    assertThat(series.lastDay()).isEqualTo(Market.FRIDAY);
    assertThat(wrongDays(series)).isEmpty();
    assertThat(series.notes().facts())
        .extracting(DataFact::code)
        .isEqualTo(format.hasAdjustedClose() ? List.of() : List.of("no-adjusted-close"));
  }

  @ParameterizedTest
  @EnumSource
  void aMutatedFileIsRefusedWithAdviceOrReadRight(PriceFormat format) throws IOException {
    Random random = new Random(format.name().hashCode());
    String good = format.text(WALK);
    int refused = 0;
    for (int i = 0; i < MUTANTS; i++) {
      Mutation mutation = MUTATIONS.get(i % MUTATIONS.size());
      String mutant = mutation.change(good, random);
      try {
        PriceSeries series = read(mutant);
        boolean otherClose =
            format.hasAdjustedClose()
                && series.notes().facts().stream()
                    .anyMatch(fact -> fact.code().equals("no-adjusted-close"));
        if (!otherClose) {
          assertThat(wrongDays(series)).as("mutant %s of %s", i, format).isEmpty();
        }
      } catch (BadDataException e) {
        assertThat(e)
            .hasMessageMatching(
                "(?s).*; (use|correct|copy|keep|check|name|fill|nothing is published|there is nothing|if|separate|a ).*");
        refused++;
      }
    }
    assertThat(refused).as("refused").isBetween(20, MUTANTS - 20);
  }

  /** Days with a price that is not theirs, and that no fact is about. */
  private static Set<LocalDate> wrongDays(PriceSeries series) {
    Set<LocalDate> wrong = new HashSet<>();
    for (DailyPrice row : series.rows()) {
      Double truth = TRUTH.get(row.day());
      if (truth == null || Math.abs(row.adjustedClose() / truth - 1) > TOLERANCE) {
        wrong.add(row.day());
      }
    }
    // A jump that stays is reported on its day only.
    boolean jump =
        series.notes().facts().stream().anyMatch(fact -> fact.code().equals("large-moves"));
    series.notes().facts().forEach(fact -> wrong.removeAll(fact.days()));
    return jump ? Set.of() : wrong;
  }

  private static PriceSeries read(String text) throws IOException {
    PriceSeries series =
        CsvTable.read(new StringReader(text), "mutant.csv", Market.SPY)
            .toSeries(
                TWO_YEARS,
                new DataSource("csv:mutant.csv"),
                Market.NEW_YORK,
                TradingCalendar.NYSE,
                Market.SATURDAY);
    return PriceReview.of(series.lastOf(TWO_YEARS.history()), Optional.empty());
  }

  private interface Mutation {
    String change(String text, Random random);
  }

  private static final List<Mutation> MUTATIONS =
      List.of(
          lines((all, random) -> Collections.shuffle(all.subList(3, all.size()), random)),
          lines((all, random) -> all.remove(3 + random.nextInt(all.size() - 3))),
          lines((all, random) -> all.subList(100, 100 + random.nextInt(200)).clear()),
          lines((all, random) -> all.add(all.get(3 + random.nextInt(all.size() - 3)))),
          lines((all, random) -> all.add("and so on, see below")),
          lines((all, random) -> everyFifth(all)),
          lines((all, random) -> all.addAll(otherInstrument(all))),
          lines((all, random) -> all.set(0, all.get(0) + separator(all) + "Close")),
          lines((all, random) -> all.set(0, swapped(all, random))),
          lines((all, random) -> all.set(0, all.get(0).replaceFirst("(?i)adj[^,;\t]*", "Other"))),
          lines((all, random) -> all.replaceAll(line -> withoutColumn(line, all, 2))),
          lines((all, random) -> edit(all, newest(all), random, cell -> "0")),
          lines((all, random) -> edit(all, anywhere(all, random), random, cell -> "")),
          lines((all, random) -> edit(all, anywhere(all, random), random, cell -> "null")),
          lines((all, random) -> edit(all, anywhere(all, random), random, cell -> "-" + cell)),
          lines((all, random) -> edit(all, newest(all), random, cell -> times(cell, 1.5))),
          lines((all, random) -> edit(all, newest(all), random, cell -> times(cell, 0.1))),
          lines((all, random) -> edit(all, anywhere(all, random), random, c -> times(c, 100))),
          lines((all, random) -> edit(all, anywhere(all, random), random, c -> times(c, 10))),
          lines((all, random) -> writeTheDayFirst(all)),
          (text, random) -> "\uFEFF" + text.replace("\n", "\r\n"),
          (text, random) -> text.substring(0, random.nextInt(text.length())),
          (text, random) -> text.substring(0, text.length() - 1 - random.nextInt(60)),
          (text, random) -> text.replace(',', ';'),
          (text, random) -> text.replace('.', ','),
          (text, random) -> insert(text, "\"", random),
          (text, random) -> insert(text, "\n", random),
          (text, random) -> insert(text, "9", random),
          (text, random) -> remove(text, random),
          (text, random) -> remove(text, random));

  private interface LineMutation {
    void change(List<String> lines, Random random);
  }

  private static Mutation lines(LineMutation mutation) {
    return (text, random) -> {
      List<String> lines = text.lines().collect(Collectors.toCollection(ArrayList::new));
      mutation.change(lines, random);
      return String.join("\n", lines) + "\n";
    };
  }

  private static String separator(List<String> lines) {
    return lines.get(0).contains("\t") ? "\t" : lines.get(0).contains(";") ? ";" : ",";
  }

  private static void everyFifth(List<String> lines) {
    List<String> kept = new ArrayList<>(lines.subList(0, 3));
    for (int i = 3; i < lines.size(); i += 5) {
      kept.add(lines.get(i));
    }
    lines.clear();
    lines.addAll(kept);
  }

  /** The last hundred rows again, with other prices. */
  private static List<String> otherInstrument(List<String> lines) {
    return lines.subList(lines.size() - 100, lines.size()).stream()
        .map(line -> line.replaceAll("(?<=[,;\t$])(\\d)(?=\\d\\d[.,]\\d)", "7"))
        .toList();
  }

  /** The header with the names of the volume and of another column exchanged. */
  private static String swapped(List<String> lines, Random random) {
    String separator = separator(lines);
    String[] names = lines.get(0).split(separator, -1);
    int volume = 0;
    for (int i = 0; i < names.length; i++) {
      volume = names[i].toLowerCase(Locale.ROOT).contains("vol") ? i : volume;
    }
    int other = random.nextInt(names.length);
    String name = names[other];
    names[other] = names[volume];
    names[volume] = name;
    return String.join(separator, names);
  }

  private static String withoutColumn(String line, List<String> lines, int column) {
    List<String> cells = new ArrayList<>(Arrays.asList(line.split(separator(lines), -1)));
    if (cells.size() > column) {
      cells.remove(column);
    }
    return String.join(separator(lines), cells);
  }

  private static int newest(List<String> lines) {
    return lines.get(lines.size() - 1).contains("2024") ? lines.size() - 1 : 1;
  }

  private static int anywhere(List<String> lines, Random random) {
    return 3 + random.nextInt(lines.size() - 3);
  }

  /** Changes a cell that holds a price. */
  private static void edit(
      List<String> lines, int line, Random random, Function<String, String> change) {
    String separator = separator(lines);
    String[] cells = lines.get(line).split(separator, -1);
    List<Integer> prices = new ArrayList<>();
    for (int i = 1; i < cells.length; i++) {
      if (cells[i].matches("\\$?\\d{2,3}[.,]\\d+")) {
        prices.add(i);
      }
    }
    int at = prices.get(random.nextInt(prices.size()));
    cells[at] = change.apply(cells[at]);
    lines.set(line, String.join(separator, cells));
  }

  private static String times(String cell, double factor) {
    double price = Double.parseDouble(cell.replace("$", "").replace(',', '.')) * factor;
    String text = String.format(Locale.ROOT, "%.2f", price);
    return cell.contains(",") ? text.replace('.', ',') : text;
  }

  /** Writes the days as day/month/year. */
  private static void writeTheDayFirst(List<String> lines) {
    lines.replaceAll(
        line ->
            line.matches("\\d\\d/.*")
                ? line.replaceFirst("(\\d\\d)/(\\d\\d)/(\\d{4})", "$2/$1/$3")
                : line.replaceFirst("(\\d{4})-(\\d\\d)-(\\d\\d)", "$3/$2/$1"));
  }

  private static String insert(String text, String what, Random random) {
    int at = random.nextInt(text.length());
    return text.substring(0, at) + what + text.substring(at);
  }

  private static String remove(String text, Random random) {
    int at = random.nextInt(text.length() - 12);
    return text.substring(0, at) + text.substring(at + 1 + random.nextInt(11));
  }
}
