package mlopsprimer.e2e;

import static mlopsprimer.e2e.Shell.succeed;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs kube-bench, which checks the CIS Kubernetes Benchmark, on both nodes. */
@ExtendWith(Lab.class)
class HardeningTest {
  /** The newest version of the benchmark that kube-bench 0.12 has. */
  private static final String BENCHMARK = "cis-1.10";

  /** Checks that a control plane fails, each with the reason why it is accepted. */
  private static final Map<String, String> EXCEPTIONS =
      Map.of(
          "1.1.12", "kubeadm runs etcd as root, so root owns etcd's directory",
          "1.2.5",
              "the kubelets sign their serving certificates themselves; docs/cluster.md has the reason");

  @Test
  void theControlPlaneFailsOnlyTheExplainedChecks() {
    assertThat(failuresOf(Lab.CONTROL_PLANE, "master,etcd,controlplane,node"))
        .isEqualTo(EXCEPTIONS.keySet());
  }

  @Test
  void aWorkerFailsNoCheck() {
    assertThat(failuresOf(Lab.WORKER, "node")).isEmpty();
  }

  /** The numbers of the failed checks, without those that only a person can judge. */
  private static Set<String> failuresOf(String node, String targets) {
    String report =
        succeed(
            """
            set -e
            home=$(dirname "$(command -v kube-bench)")
            ssh="ssh -F infra-context/ssh-config %1$s sudo"
            tar -C "$home" -c kube-bench cfg/config.yaml cfg/%2$s | $ssh tar -x --one-top-level=/root/kube-bench
            $ssh /root/kube-bench/kube-bench run --json --config-dir /root/kube-bench/cfg --benchmark %2$s --targets %3$s 2>/dev/null
            $ssh rm -r /root/kube-bench
            """
                .formatted(node, BENCHMARK, targets));
    int passed = 0;
    Set<String> failed = new TreeSet<>();
    for (JsonElement control :
        JsonParser.parseString(report).getAsJsonObject().getAsJsonArray("Controls")) {
      for (JsonElement test : control.getAsJsonObject().getAsJsonArray("tests")) {
        for (JsonElement result : test.getAsJsonObject().getAsJsonArray("results")) {
          JsonObject check = result.getAsJsonObject();
          switch (check.get("status").getAsString()) {
            case "FAIL" -> failed.add(check.get("test_number").getAsString());
            case "PASS" -> passed++;
            default -> {}
          }
        }
      }
    }
    assertThat(passed).as("number of checks that passed on " + node).isGreaterThan(15);
    return failed;
  }
}
