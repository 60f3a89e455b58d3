package mlopsprimer.trainer.tracking;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import mlopsprimer.contract.Ticker;
import mlopsprimer.store.OutOfFold;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class ReliabilityDiagramTest {
  private static final Ticker TICKER = Ticker.of("^GSPC");

  @Test
  void forecastsAreDrawnInTenGroupsOfEqualSize() throws Exception {
    Document svg = parse(diagram(rows(1004)));

    assertThat(svg.getElementsByTagName("circle").getLength()).isEqualTo(10);
    assertThat(svg.getElementsByTagName("circle").item(0).getTextContent()).startsWith("100 days,");
    assertThat(svg.getElementsByTagName("circle").item(9).getTextContent()).startsWith("104 days,");
  }

  @Test
  void equalForecastsAreOneGroup() throws Exception {
    List<OutOfFold> equal = IntStream.range(0, 50).mapToObj(i -> row(i, 0.53, i % 2 == 0)).toList();

    Document svg = parse(diagram(equal));

    assertThat(svg.getElementsByTagName("circle").getLength()).isEqualTo(1);
    assertThat(svg.getElementsByTagName("circle").item(0).getTextContent())
        .isEqualTo("50 days, forecast 0.530, went UP 0.500");
  }

  @Test
  void extremeForecastsAndNoForecastsAreDrawnToo() throws Exception {
    for (List<OutOfFold> rows :
        List.of(List.of(row(0, 0, false)), List.of(row(0, 1, true)), List.<OutOfFold>of())) {
      assertThat(diagram(rows)).doesNotContain("NaN", "Infinity");
      assertThat(parse(diagram(rows)).getDocumentElement().getTagName()).isEqualTo("svg");
    }
  }

  @Test
  void theLocaleDoesNotMatter() {
    Locale before = Locale.getDefault();
    String expected = diagram(rows(100));
    try {
      Locale.setDefault(Locale.GERMANY);
      assertThat(diagram(rows(100))).isEqualTo(expected);
    } finally {
      Locale.setDefault(before);
    }
  }

  private static String diagram(List<OutOfFold> rows) {
    return ReliabilityDiagram.of(TICKER, "20261123T180000000Z-0123456789ab", rows);
  }

  private static List<OutOfFold> rows(int days) {
    Random random = new Random(1);
    return IntStream.range(0, days)
        .mapToObj(i -> row(i, 0.45 + 0.1 * random.nextDouble(), random.nextBoolean()))
        .toList();
  }

  private static OutOfFold row(int day, double forecast, boolean up) {
    return new OutOfFold(LocalDate.ofEpochDay(day), 1, 0.5, forecast, 0.5, 0.5, up);
  }

  private static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(UTF_8)));
  }
}
