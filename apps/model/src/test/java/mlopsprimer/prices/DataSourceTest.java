package mlopsprimer.prices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParseException;
import mlopsprimer.json.Json;
import org.junit.jupiter.api.Test;

class DataSourceTest {
  private record Row(DataSource dataSource) {}

  @Test
  void onlyTheSampleIsSynthetic() {
    assertThat(new DataSource("sample").isSynthetic()).isTrue();
    assertThat(new DataSource("csv:sample").isSynthetic()).isFalse();
  }

  @Test
  void aDataSourceIsWrittenToJsonAsItsName() {
    Row row = new Row(new DataSource("csv:spy.csv"));

    assertThat(Json.line(row)).isEqualTo("{\"dataSource\":\"csv:spy.csv\"}");
    assertThat(Json.read(Json.line(row), Row.class)).isEqualTo(row);
  }

  @Test
  void aBlankNameIsRefused() {
    assertThatThrownBy(() -> Json.read("{\"dataSource\":\" \"}", Row.class))
        .isInstanceOf(JsonParseException.class)
        .hasMessageContaining("blank");
  }
}
