package mlopsprimer.infra;

import com.pulumi.kubernetes.core.v1.inputs.ResourceRequirementsArgs;
import java.util.Map;

/**
 * What a container may use, as Kubernetes writes quantities. All of the memory is promised to it,
 * because a JVM does not give it back; an eighth of the CPU, because both apps are mostly idle.
 */
record Resources(String cpu, String memory) {
  private static final int PROMISED = 8;

  ResourceRequirementsArgs requirements() {
    return ResourceRequirementsArgs.builder()
        .requests(
            Map.of(
                "cpu",
                Math.max(1, millicores() / PROMISED) + "m",
                "memory",
                memory,
                "ephemeral-storage",
                "64Mi"))
        .limits(Map.of("cpu", cpu, "memory", memory, "ephemeral-storage", "128Mi"))
        .build();
  }

  int mebibytes() {
    int number = Integer.parseInt(memory.substring(0, memory.length() - 2));
    return memory.endsWith("Gi") ? number * 1024 : number;
  }

  private int millicores() {
    return cpu.endsWith("m")
        ? Integer.parseInt(cpu.substring(0, cpu.length() - 1))
        : Integer.parseInt(cpu) * 1000;
  }
}
