package mlopsprimer.e2e;

import static mlopsprimer.e2e.Shell.on;
import static mlopsprimer.e2e.Shell.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two stacks on one cluster, and a stack whose state was lost. */
@LastOfCore
@ExtendWith({Lab.class, Stack.class})
class SecondStackTest {
  private static final String OF_SECOND = " --stack second";
  private static final Pattern SETTING = Pattern.compile("pulumi config set \\w+ \\S+");

  @Test
  void aSecondStackIsRefusedThenRunsBesideTheFirstAndIsDestroyedAlone() {
    Load load = new Load();
    try (load) {
      succeed("cp Pulumi.lab.yaml Pulumi.second.yaml && pulumi stack init second --no-select");
      try {
        Shell.Result refused = Shell.run(Stack.UP + OF_SECOND);
        assertThat(refused.exit()).isNotZero();
        assertThat(refused.output())
            .contains("the namespace mlops-primer belongs to the stack lab");
        succeed("pulumi destroy --yes --skip-preview" + OF_SECOND);

        settingsIn(refused.output()).stream()
            .filter(command -> !command.contains(" adopt "))
            .forEach(command -> succeed(command + OF_SECOND));
        succeed("pulumi config set ticker ^IXIC" + OF_SECOND);
        Phases.time("pulumi up of a second stack", () -> succeed(Stack.UP + OF_SECOND));
        assertThat(succeed("curl -s http://192.168.56.21:30952/predictionForTomorrow"))
            .contains("\"ticker\":\"^IXIC\"");
      } finally {
        succeed("pulumi destroy --yes --skip-preview" + OF_SECOND);
        succeed("pulumi stack rm --yes second");
      }
    }
    load.assertThatNoneFailed();
    for (String node : Lab.NODES) {
      assertThat(on(node, "ctr --namespace k8s.io images ls --quiet; ls /var/lib"))
          .as("what the second stack left on %s", node)
          .doesNotContain("second");
    }
    assertThat(succeed("kubectl get namespaces,persistentvolumes,storageclasses -o name"))
        .doesNotContain("second");
    assertThat(Stack.served()).isEqualTo(Stack.TICKER);
  }

  @Test
  void aStackWhoseStateWasLostTakesItsObjectsAndModelsOver() {
    String pods = Stack.apiPodsAndRestarts();
    String version = Stack.prediction().getAsJsonObject("model").get("version").getAsString();
    succeed("pulumi stack rm --force --yes --preserve-config lab && pulumi stack init lab");

    Shell.Result refused = Stack.tryUp();
    assertThat(refused.exit()).isNotZero();
    settingsIn(refused.output()).stream()
        .filter(command -> command.contains(" adopt "))
        .forEach(Shell::succeed);
    Load load = new Load();
    try (load) {
      Phases.time("pulumi up that takes over a stack", Stack::up);
    }

    load.assertThatNoneFailed();
    assertThat(Stack.apiPodsAndRestarts()).as("pods and their restarts").isEqualTo(pods);
    assertThat(Stack.prediction().getAsJsonObject("model").get("version").getAsString())
        .isEqualTo(version);
    succeed("pulumi config rm adopt");
  }

  /** The commands that an error recommends. */
  private static List<String> settingsIn(String output) {
    return SETTING.matcher(output).results().map(MatchResult::group).distinct().toList();
  }
}
