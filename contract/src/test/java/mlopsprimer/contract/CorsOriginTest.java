package mlopsprimer.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorsOriginTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "none",
        "*",
        "https://example.com",
        "http://localhost:3000",
        "http://127.0.0.1",
        "http://[::1]",
        "http://[::1]:8080",
        "https://xn--mnchen-3ya.example:65535",
        "http://example.com:443"
      })
  void anOriginIsWrittenAsItWasRead(String text) {
    assertThat(new CorsOrigin(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "NONE",
        "example.com",
        "https://",
        "https://example.com/",
        "https://Example.com",
        "HTTPS://example.com",
        "https://example.com:443",
        "http://example.com:80",
        "https://example.com:0",
        "https://example.com:65536",
        "https://user@example.com",
        "https://*.example.com",
        "https://a.example https://b.example",
        "https://example.com\r\nX: y",
        "file:///x"
      })
  void aTextThatNoBrowserSendsAsAnOriginIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> new CorsOrigin(text));
  }
}
