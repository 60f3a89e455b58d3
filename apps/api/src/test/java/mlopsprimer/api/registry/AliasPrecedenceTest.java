package mlopsprimer.api.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import mlopsprimer.contract.Ticker;
import mlopsprimer.mlflow.TrainersMark;
import mlopsprimer.store.Champion;
import org.junit.jupiter.api.Test;

/** Who decides, when the champion pointer and the alias are apart. */
class AliasPrecedenceTest {
  private static final String X = version(1);
  private static final String Y = version(2);
  private static final String Z = version(3);

  private final AliasPrecedence precedence = new AliasPrecedence();

  @Test
  void anAliasThatAPersonMovedDecidesUntilThePointerMoves() {
    assertThat(decides(alias(X, X), pointer(X, 0))).isFalse();
    assertThat(decides(alias(Y, X), pointer(X, 0))).isTrue();
    assertThat(decides(alias(Y, X), pointer(X, 0))).isTrue();
    assertThat(decides(alias(Y, X), pointer(Z, 1))).isFalse();
    assertThat(decides(alias(Y, X), pointer(Z, 1))).isFalse();
  }

  @Test
  void anAliasThatMovesBackToThePointerLeavesTheDecisionToThePointer() {
    assertThat(decides(alias(Y, X), pointer(X, 0))).isTrue();
    assertThat(decides(alias(X, X), pointer(X, 0))).isFalse();
    assertThat(decides(alias(Y, X), pointer(X, 0))).isTrue();
  }

  @Test
  void aPointerThatTheTrainerMovedBeforeTheAliasDecides() {
    assertThat(decides(alias(X, X), pointer(X, 0))).isFalse();
    assertThat(decides(alias(X, X), pointer(Z, 1))).isFalse();
    assertThat(decides(alias(Z, X), pointer(Z, 1))).as("the tag comes last").isFalse();
    assertThat(decides(alias(Z, Z), pointer(Z, 1))).isFalse();
  }

  @Test
  void aPointerThatTheTrainerMovedDecidesInWhicheverOrderAliasAndTagAreWritten() {
    assertThat(decides(alias(X, X), pointer(X, 0))).isFalse();
    assertThat(decides(alias(X, Z), pointer(Z, 1))).as("the tag comes first").isFalse();
    assertThat(decides(alias(Z, Z), pointer(Z, 1))).isFalse();
  }

  @Test
  void anAliasOfTheTrainerThatComesBeforeThePointerWasReadMakesNoDetour() {
    assertThat(decides(alias(X, X), pointer(X, 0))).isFalse();
    assertThat(decides(alias(Z, X), pointer(X, 0))).as("Z is served already").isTrue();
    assertThat(decides(alias(Z, Z), pointer(Z, 1))).as("and stays").isFalse();
  }

  @Test
  void aTrainerThatNeverReachedMlflowLeavesAnAliasThatIsOlderThanThePointer() {
    assertThat(decides(alias(X, X), pointer(X, 0))).isFalse();
    assertThat(decides(alias(X, X), pointer(Y, 1))).isFalse();
    assertThat(decides(alias(X, X), pointer(Z, 2))).isFalse();
  }

  @Test
  void aPersonsAliasThatThePointerTookUpDoesNotOutliveThePointer() {
    assertThat(decides(alias(Y, X), pointer(X, 0))).isTrue();
    assertThat(decides(alias(Y, X), pointer(Y, 1))).isFalse();
    assertThat(decides(alias(Y, X), pointer(Z, 2))).isFalse();
  }

  @Test
  void afterARestartTheTagTellsAPersonsMoveFromAnOlderAlias() {
    assertThat(decides(alias(X, X), pointer(Z, 1))).isFalse();
    assertThat(new AliasPrecedence().decides(alias(Y, X), pointer(Z, 1))).isTrue();
  }

  @Test
  void withoutATagAnAliasThatIsApartAtTheStartCountsAsAPersons() {
    assertThat(decides(named(Y, TrainersMark.NONE), pointer(X, 0))).isTrue();
  }

  @Test
  void thePointerDecidesAgainstTheOldAliasAndNotAgainstTheNextMove() {
    assertThat(decides(alias(Y, X), pointer(X, 0))).isTrue();
    assertThat(decides(alias(Y, X), pointer(Z, 1))).isFalse();
    assertThat(decides(alias(X, Z), pointer(Z, 1))).isTrue();
  }

  @Test
  void aPointerThatIsSetAgainToTheSameVersionHasMoved() {
    assertThat(decides(alias(Y, X), pointer(X, 0))).isTrue();
    assertThat(decides(alias(Y, X), pointer(X, 1))).isFalse();
  }

  @Test
  void anAliasThatWasDeletedAndSetAgainCountsAsMoved() {
    assertThat(decides(alias(Y, X), pointer(X, 0))).isTrue();
    assertThat(decides(alias(Y, X), pointer(X, 1))).isFalse();
    precedence.forget();
    assertThat(decides(alias(Y, X), pointer(X, 1))).isTrue();
  }

  @Test
  void anAliasThatAPersonMovesBackToWhatTheTrainerSetDecides() {
    assertThat(decides(alias(X, X), pointer(Z, 1))).isFalse();
    assertThat(decides(alias(Y, X), pointer(Z, 1))).isTrue();
    assertThat(decides(alias(X, X), pointer(Z, 1))).as("moved without the trainer").isTrue();
    assertThat(decides(alias(X, X), pointer(Z, 1))).isTrue();
    assertThat(decides(alias(X, X), pointer(Y, 2))).isFalse();
  }

  @Test
  void anAliasThatMovedTogetherWithTheTagIsTheTrainers() {
    assertThat(decides(alias(X, X), pointer(X, 0))).isFalse();
    assertThat(decides(alias(Y, Y), pointer(Z, 2))).isFalse();
  }

  private boolean decides(NamedVersion alias, Champion pointer) {
    return precedence.decides(alias, pointer);
  }

  private static NamedVersion alias(String version, String mark) {
    return named(version, TrainersMark.of(number(mark), mark));
  }

  private static NamedVersion named(String version, TrainersMark mark) {
    Alias alias = new Alias(Ticker.of("SPY"), number(version), mark);
    return NamedVersion.of(alias, version, "b".repeat(64));
  }

  private static int number(String version) {
    return version.charAt(7) - '0';
  }

  private static Champion pointer(String version, int day) {
    Instant since = Instant.parse("2026-11-0" + (day + 1) + "T00:00:00Z");
    return new Champion(version, "a".repeat(64), null, since, "test");
  }

  private static String version(int day) {
    return "2026110" + day + "T000000000Z-0123456789ab";
  }
}
