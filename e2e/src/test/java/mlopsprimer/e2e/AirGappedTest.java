package mlopsprimer.e2e;

import static mlopsprimer.e2e.Shell.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * {@code pulumi up} without the internet. The test copies the sources, without anything that was
 * built, to another directory and uses them with the bundle of {@code make bundle}. Its commands
 * run in a network namespace that is connected to the nodes' bridge and has no default route.
 */
@IfTimeIsLeft
@ExtendWith({Lab.class, Stack.class})
class AirGappedTest {
  private static final String NAMESPACE = "mlops-primer-offline";

  @Test
  @Tag(Stack.FROM_NOTHING)
  void upNeedsOnlyTheNetworkOfTheNodes() {
    Bundle.make();
    succeed(
        """
        rm -rf e2e/target/offline && mkdir e2e/target/offline
        git ls-files --cached --others --exclude-standard -z | tar --null --files-from - --create | tar -x -C e2e/target/offline
        cp Pulumi.lab.yaml e2e/target/offline/
        ip netns add %1$s
        ip link add mlops-offline netns %1$s type veth peer name mlops-bridge
        ip link set mlops-bridge master mlops-primer up
        ip -netns %1$s link set lo up
        ip -netns %1$s link set mlops-offline up
        ip -netns %1$s address add 192.168.56.2/24 dev mlops-offline
        """
            .formatted(NAMESPACE));
    try {
      assertThat(Shell.run("ip -netns %s route get 1.1.1.1".formatted(NAMESPACE)).output())
          .as("the route to the internet")
          .contains("unreachable");

      inside("pulumi stack select lab");
      inside("pulumi config set kubeconfig \"$KUBECONFIG\"");
      inside("pulumi config set sshConfig \"${KUBECONFIG%/*}/ssh-config\"");
      inside("pulumi config set baseImage \"tar://${PWD%/*}/bundle/offline/base.tar\"");
      Phases.time("pulumi up, unbuilt and without a network", () -> inside(Stack.UP));

      assertThat(inside("curl -s http://192.168.56.21:30951/predictionForTomorrow"))
          .contains("\"ticker\":\"^GSPC\"");
      inside("pulumi destroy --yes --skip-preview");
    } finally {
      succeed("ip netns delete %s && rm -rf e2e/target/offline".formatted(NAMESPACE));
    }
  }

  private static String inside(String command) {
    return succeed(
        """
        cd e2e/target/offline && ip netns exec %s bash -c 'eval "$(../bundle/offline/env.sh)" && %s'
        """
            .formatted(NAMESPACE, command));
  }
}
