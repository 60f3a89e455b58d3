package mlopsprimer.infra.config;

import com.pulumi.kubernetes.core.v1.inputs.ResourceRequirementsArgs;
import java.util.Map;

/**
 * What one container may use. All of the memory is requested, because a JVM does not give memory
 * back. An eighth of the CPU is requested, because both apps are mostly idle.
 */
public record ContainerLimits(Cpu cpu, Memory memory) {
  private static final int IDLE_SHARE = 8;

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
