package mlopsprimer.nodeprovider.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import mlopsprimer.nodeprovider.rpc.ResourceException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UrlCheckTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private FakeWebsite website;

  @AfterEach
  void stop() {
    website.close();
  }

  @Test
  void theCheckWaitsUntilNoOldAnswerComesAmongNewAnswers() throws Exception {
    website = new FakeWebsite(n -> n < 5 || n == 8 ? "old" : "new");

    new UrlCheck(website.url(), "new", PATIENCE).untilRight();

    assertThat(website.requests())
        .as("requests until two seconds of right answers")
        .isGreaterThan(12);
  }

  @Test
  void theErrorQuotesAnAnswerThatStaysWrong() throws Exception {
    website = new FakeWebsite(n -> "old");

    assertThatThrownBy(() -> new UrlCheck(website.url(), "new", Duration.ofSeconds(1)).untilRight())
        .isInstanceOf(ResourceException.class)
        .hasMessageContaining(website.url() + " still gives an answer without new after 1 s: old")
        .hasMessageContaining("then run 'pulumi up' again");
  }

  @Test
  void aRefusedConnectionIsAWrongAnswer() throws IOException {
    website = new FakeWebsite(n -> "new");
    website.close();

    assertThatThrownBy(() -> new UrlCheck(website.url(), "new", Duration.ofSeconds(1)).untilRight())
        .isInstanceOf(ResourceException.class)
        .hasMessageContaining("ConnectException");
  }
}
