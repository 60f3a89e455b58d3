package mlopsprimer.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StackOwnerTest {
  @Test
  void aMarkThatIsWrittenAndReadIsTheSameOwner() {
    StackOwner owner = new StackOwner("mlops-primer", "dev_2.x", "0123456789ab");

    assertThat(StackOwner.parse(owner + "\n")).hasValue(owner);
    assertThat(StackOwner.parse(owner.kept().toString())).hasValue(owner.kept());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "dev", "a/b", "a/b/c", "a/b/0123456789ab/d", "a b/c/0123456789ab", "a/b/KEPT"})
  void anotherTextIsNoMark(String text) {
    assertThat(StackOwner.parse(text)).isEmpty();
  }

  @Test
  void aNameThatAShellWouldReadIsRefused() {
    assertThatThrownBy(() -> new StackOwner("mlops-primer", "$(reboot)", "0123456789ab"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
