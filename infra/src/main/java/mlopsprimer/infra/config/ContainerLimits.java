package mlopsprimer.infra.config;

import com.pulumi.kubernetes.core.v1.inputs.ResourceRequirementsArgs;
import java.util.Map;

/**
 * The CPU and the memory that one container may use. The container requests all of the memory,
 * because a JVM does not return memory. The container requests an eighth of the CPU, because both
 * apps are mostly idle.
 */
public record ContainerLimits(Cpu cpu, Memory memory) {
  private static final int IDLE_SHARE = 8;

  /** The requests and limits of the container. */
  public ResourceRequirementsArgs requirements() {
    return ResourceRequirementsArgs.builder()
        .requests(
            Map.of(
                "cpu",
                new Cpu(Math.max(1, cpu.millicores() / IDLE_SHARE)).toString(),
                "memory",
                memory.toString(),
                "ephemeral-storage",
                "64Mi"))
        .limits(
            Map.of(
                "cpu", cpu.toString(), "memory", memory.toString(), "ephemeral-storage", "128Mi"))
        .build();
  }
}
