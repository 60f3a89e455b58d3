package mlopsprimer.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.Stream;
import mlopsprimer.contract.SettingGroup.Spelling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuoteTest {
  @ParameterizedTest
  @CsvSource({
    "https://me:s3cret@h/path, https://***@h/path",
    "https://me:s3cr/et@h, https://***@h",
    "https://me:s3cr@et@h, https://***@h",
    "https://me%3As3cret%40h, https://***@h",
    "me:s3cret@h, ***@h",
    "--url=https://s3cret@h, --url=https://***@h",
    "https://h?key=s3cret, https://h?***",
    "https://h/#s3cret, https://h/#***",
    "https://$1:s3cret@h, https://***@h",
    "me:s3cret@registry/java:17@sha256:12, ***@registry/java:17@sha256:12"
  })
  void aQuoteHasNoCredentials(String value, String quote) {
    assertThat(Quote.of(value, 60)).isEqualTo(quote);
  }

  @ParameterizedTest
  @ValueSource(strings = {"5 years", "ftp://example.org", "java:17@sha256:12", "../x", "30 17 * *"})
  void aQuoteOfAValueWithoutCredentialsIsTheValue(String value) {
    assertThat(Quote.of(value, 60)).isEqualTo(value);
  }

  @Test
  void aPasswordIsLeftOutBeforeTheQuoteIsCut() {
    assertThat(Quote.of("https://" + "me".repeat(30) + ":s3cret@h", 60)).isEqualTo("https://***@h");
  }

  @Test
  void aTextKeepsAllButTheUsersOfItsUrls() {
    assertThat(
            Quote.withoutUsersOfUrls(
                "<a href=\"https://me:s3cret@h/\">moved</a> to //s3cret@i, mail a@b.example"))
        .isEqualTo("<a href=\"https://***@h/\">moved</a> to //***@i, mail a@b.example");
  }

  static Stream<Setting<?>> settings() {
    return TrainerSettings.ALL.and(ApiSettings.ALL).settings().stream();
  }

  @ParameterizedTest
  @MethodSource("settings")
  void everySettingRefusesAUrlWithAPasswordAndDoesNotRepeatIt(Setting<?> setting) {
    for (String url :
        new String[] {
          "https://me:s3cret@h.example/",
          "https://h.example/?key=s3cret",
          "https://h.example/#s3cret",
          "csv:https://me:s3cret@h.example/prices.csv"
        }) {
      Problems problems = new Problems();
      SettingGroup.of(setting).read(Spelling.FLAG, any -> Optional.of(url), problems);

      assertThat(problems.found()).as(url).hasSize(1);
      assertThat(problems.found().toString()).doesNotContain("s3cret");
    }
  }
}
