package mlopsprimer.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StackConfigTest {
  /** A setting, a value that it cannot have, and what is told. */
  private record Wrong(String key, String value, String told) {}

  private static final Wrong[] WRONG = {
    new Wrong("ticker", "../x", "a Yahoo symbol"),
    new Wrong("ticker", "^", "a Yahoo symbol"),
    new Wrong("tickers", "SPY", "a list of symbols"),
    new Wrong("tickers", "[\"SPY\", \"spy\"]", "each symbol once"),
    new Wrong("tickers", "[\"SPY\", \"S PY\"]", "a Yahoo symbol"),
    new Wrong("source", "bloomberg", "yahoo, sample or yahoo,sample"),
    new Wrong("history", "5", "5y, 18m"),
    new Wrong("trees", "0", "a whole number from 1 to 10000"),
    new Wrong("trees", "many", "a whole number"),
    new Wrong("seed", "4.2", "a whole number"),
    new Wrong("threshold", "1.01", "a number from 0 to 1"),
    new Wrong("threshold", "NaN", "a number from 0 to 1"),
    new Wrong("yahooBaseUrl", "ftp://example.org", "a URL"),
    new Wrong("yahooBaseUrl", "query1.finance.yahoo.com", "a URL"),
    new Wrong("allowStale", "yes", "true or false"),
    new Wrong("schedule", "30 17 * *", "five fields of cron"),
    new Wrong("schedule", "75 17 * * 1-5", "five fields of cron"),
    new Wrong("schedule", "a b c d e", "five fields of cron"),
    new Wrong("timeZone", "New York", "America/New_York"),
    new Wrong("timeZone", "+02:00", "America/New_York"),
    new Wrong("trainingDeadline", "soon", "90s, 10m"),
    new Wrong("trainerCpu", "two", "2, 500m"),
    new Wrong("trainerMemory", "128Mi", "at least 384Mi"),
    new Wrong("apiCpu", "0", "2, 500m"),
    new Wrong("apiMemory", "64Mi", "at least 128Mi"),
    new Wrong("apiMemory", "1G", "512Mi, 1Gi"),
    new Wrong("replicas", "0", "from 1 to 20"),
    new Wrong("nodePort", "80", "from 30000 to 32767"),
    new Wrong("baseImage", "eclipse-temurin:17-jre", "an image by its digest"),
    new Wrong("storagePath", "/var", "at least three levels deep"),
    new Wrong("storagePath", "/var/lib/../../etc", "at least three levels deep"),
    new Wrong("storageSize", "big", "1Gi"),
    new Wrong("keepModels", "maybe", "true or false"),
    new Wrong("kubeconfig", "/nowhere/admin.conf", "'vagrant up' writes"),
    new Wrong("sshConfig", "/nowhere/ssh-config", "'vagrant up' writes")
  };

  static Wrong[] wrong() {
    return WRONG;
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void aValueThatCannotBeIsToldWithWhatCould(Wrong wrong) {
    assertThatThrownBy(() -> Stack.config(Map.of(wrong.key(), wrong.value())))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageStartingWith("1 problem with the configuration; nothing was changed:")
        .hasMessageContaining(wrong.key().equals("tickers") ? "ticker" : wrong.key() + " is '")
        .hasMessageContaining(wrong.told());
  }

  @Test
  void thereIsAWrongValueOfEverySetting() throws IOException {
    assertThat(Arrays.stream(WRONG).map(Wrong::key).collect(Collectors.toSet()))
        .isEqualTo(Stack.defaults().keySet());
  }

  @Test
  void whatIsReadIsWhatTheSchemaDeclares() throws IOException {
    Set<String> read = new TreeSet<>();
    Function<String, Optional<String>> lookup =
        name -> {
          read.add(name);
          return Optional.empty();
        };
    assertThatThrownBy(() -> StackConfig.read(lookup, Path.of("/nowhere")))
        .isInstanceOf(InvalidConfig.class);

    assertThat(read).isEqualTo(new TreeSet<>(Stack.defaults().keySet()));
  }

  @Test
  void whatKubernetesTakesIsTaken() {
    for (String schedule : new String[] {"30 17 * * MON-FRI", "*/15 * 1,15 * *", "0 0 1 1 0"}) {
      assertThatCode(() -> Stack.config(Map.of("schedule", schedule))).doesNotThrowAnyException();
    }
    for (String zone : new String[] {"UTC", "Europe/Berlin"}) {
      assertThatCode(() -> Stack.config(Map.of("timeZone", zone))).doesNotThrowAnyException();
    }
    for (String ticker : new String[] {"^GSPC", "brk-b", "EURUSD=X", "0700.HK"}) {
      assertThatCode(() -> Stack.config(Map.of("ticker", ticker))).doesNotThrowAnyException();
    }
  }

  // Fault 46: two at once, and nothing is created.
  @Test
  void everyProblemIsToldBeforeAnythingIsMade() {
    Stack refused = Stack.of(Map.of("nodePort", "80", "trees", "-1", "ticker", "../x"));

    assertThat(refused.registered()).isEmpty();
    assertThat(refused.result().exitCode()).isNotZero();
    assertThat(refused.result().exceptions())
        .hasAtLeastOneElementOfType(InvalidConfig.class)
        .last()
        .asString()
        .contains("3 problems", "nodePort is '80'", "trees is '-1'", "ticker is '../x'");
  }
}
