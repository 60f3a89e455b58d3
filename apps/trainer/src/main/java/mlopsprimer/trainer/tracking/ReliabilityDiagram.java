package mlopsprimer.trainer.tracking;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import mlopsprimer.contract.Ticker;
import mlopsprimer.store.OutOfFold;

/**
 * A reliability diagram as SVG (Murphy and Winkler 1977): out-of-fold forecasts in groups of equal
 * size, and for each group the share of days that went UP against the mean forecast. A vertical
 * line is the 95 % interval of the share (Wilson 1927), which takes the days as independent. The
 * points of a calibrated model scatter around the diagonal.
 */
final class ReliabilityDiagram {
  private static final int MOST_GROUPS = 10;
  private static final double Z = 1.959964;
  private static final int SIZE = 400;
  private static final int LEFT = 70;
  private static final int TOP = 60;

  /** A group of forecasts that are close to each other. */
  private record Group(int days, double forecast, double share, double low, double high) {
    static Group of(List<OutOfFold> rows) {
      int n = rows.size();
      double share = rows.stream().filter(OutOfFold::up).count() / (double) n;
      double centre = (share + Z * Z / (2 * n)) / (1 + Z * Z / n);
      double half =
          Z / (1 + Z * Z / n) * Math.sqrt(share * (1 - share) / n + Z * Z / (4.0 * n * n));
      double forecast = rows.stream().mapToDouble(OutOfFold::forecast).average().orElseThrow();
      return new Group(n, forecast, share, centre - half, centre + half);
    }
  }

  private final List<Group> groups;
  private final ProbabilityAxis forecasts;
  private final ProbabilityAxis shares;

  private ReliabilityDiagram(List<Group> groups) {
    this.groups = groups;
    forecasts =
        ProbabilityAxis.of(
            groups.stream().mapToDouble(Group::forecast).min().orElse(0),
            groups.stream().mapToDouble(Group::forecast).max().orElse(1));
    shares =
        ProbabilityAxis.of(
            groups.stream().mapToDouble(Group::low).min().orElse(0),
            groups.stream().mapToDouble(Group::high).max().orElse(1));
  }

  /**
   * Draws the forecasts of a version.
   *
   * @param rows in any order; without rows, only the axes are drawn
   */
  static String of(Ticker ticker, String version, List<OutOfFold> rows) {
    return new ReliabilityDiagram(groups(rows)).draw(ticker, version, rows.size());
  }

  /** Groups of equal size; equal forecasts are in one group, and the last group may be larger. */
  private static List<Group> groups(List<OutOfFold> rows) {
    List<OutOfFold> sorted =
        rows.stream().sorted(Comparator.comparingDouble(OutOfFold::forecast)).toList();
    int size = Math.max(1, sorted.size() / MOST_GROUPS);
    List<Group> groups = new ArrayList<>();
    for (int start = 0; start < sorted.size(); ) {
      int end = Math.min(sorted.size(), start + size);
      while (end < sorted.size() && sorted.get(end).forecast() == sorted.get(end - 1).forecast()) {
        end++;
      }
      if (sorted.size() - end < size) {
        end = sorted.size();
      }
      groups.add(Group.of(sorted.subList(start, end)));
      start = end;
    }
    return groups;
  }

  private String draw(Ticker ticker, String version, int days) {
    StringBuilder svg = new StringBuilder();
    line(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"520\" height=\"540\" viewBox=\"0 0 520 540\" font-family=\"sans-serif\" font-size=\"12\">");
    line(svg, "<title>Reliability of the forecasts of %s, version %s</title>", ticker, version);
    line(svg, "<rect width=\"520\" height=\"540\" fill=\"#ffffff\"/>");
    text(
        svg,
        LEFT,
        26,
        "start",
        "font-size=\"15\"",
        "Reliability of out-of-fold forecasts, " + ticker);
    text(svg, LEFT, 44, "start", "fill=\"#555555\"", version + ", " + days + " days");
    axes(svg);
    diagonal(svg);
    groups.forEach(group -> point(svg, group));
    text(svg, LEFT + SIZE / 2.0, 505, "middle", "", "mean forecast probability of UP");
    line(
        svg,
        "<text x=\"22\" y=\"%d\" text-anchor=\"middle\" transform=\"rotate(-90 22 %d)\">share of days that went UP, with 95 %% interval</text>",
        TOP + SIZE / 2,
        TOP + SIZE / 2);
    text(
        svg,
        LEFT,
        528,
        "start",
        "fill=\"#555555\"",
        "dashed: share equal to the forecast; the axes have different scales");
    line(svg, "</svg>");
    return svg.toString();
  }

  private void axes(StringBuilder svg) {
    line(
        svg,
        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"none\" stroke=\"#333333\"/>",
        LEFT,
        TOP,
        SIZE,
        SIZE);
    forecasts
        .ticks()
        .forEach(
            tick -> {
              text(svg, x(tick), TOP + SIZE + 18, "middle", "", label(tick));
              line(svg, "<path d=\"M%.1f %d v-5\" stroke=\"#333333\"/>", x(tick), TOP + SIZE);
            });
    shares
        .ticks()
        .forEach(
            tick -> {
              text(svg, LEFT - 8, y(tick) + 4, "end", "", label(tick));
              line(svg, "<path d=\"M%d %.1f h5\" stroke=\"#333333\"/>", LEFT, y(tick));
            });
  }

  private static String label(double tick) {
    return String.format(Locale.ROOT, "%.2f", tick);
  }

  /** Where the share equals the forecast; nothing if the axes have no such place. */
  private void diagonal(StringBuilder svg) {
    double start = Math.max(forecasts.from(), shares.from());
    double end = Math.min(forecasts.to(), shares.to());
    if (start < end) {
      line(
          svg,
          "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#888888\" stroke-dasharray=\"5 4\"/>",
          x(start),
          y(start),
          x(end),
          y(end));
    }
  }

  private void point(StringBuilder svg, Group group) {
    line(
        svg,
        "<line x1=\"%1$.1f\" y1=\"%2$.1f\" x2=\"%1$.1f\" y2=\"%3$.1f\" stroke=\"#1f5fa8\" stroke-width=\"1.5\"/>",
        x(group.forecast),
        y(group.low),
        y(group.high));
    line(
        svg,
        "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4.5\" fill=\"#1f5fa8\"><title>%d days, forecast %.3f, went UP %.3f</title></circle>",
        x(group.forecast),
        y(group.share),
        group.days,
        group.forecast,
        group.share);
  }

  private double x(double forecast) {
    return LEFT + forecasts.place(forecast) * SIZE;
  }

  private double y(double share) {
    return TOP + SIZE - shares.place(share) * SIZE;
  }

  private static void text(
      StringBuilder svg, double x, double y, String anchor, String style, String text) {
    line(
        svg,
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" %s>%s</text>",
        x,
        y,
        anchor,
        style,
        text);
  }

  /** A ticker and a version have no character with a meaning in XML. */
  private static void line(StringBuilder svg, String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
