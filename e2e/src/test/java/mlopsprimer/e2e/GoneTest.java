package mlopsprimer.e2e;

import static mlopsprimer.e2e.Shell.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.ExtendWith;

/** Destroys the cluster before the stack. This class runs last, because no cluster is left. */
@ExtendWith({Lab.class, Stack.class})
@Order(Integer.MAX_VALUE)
@DisabledIfEnvironmentVariable(named = "E2E_REUSE", matches = "1")
class GoneTest {
  @Test
  void aStackWhoseClusterIsGoneCanBeDestroyed() {
    succeed("vagrant destroy --force");
    assertThat(succeed("ls -A infra-context 2>/dev/null || true"))
        .as("files in infra-context")
        .isEmpty();

    succeed(Commands.inTableRow("the nodes were destroyed before the stack").get(0));

    assertThat(succeed("pulumi stack export"))
        .as("resources in the stack's state")
        .doesNotContain("urn:pulumi");
  }
}
