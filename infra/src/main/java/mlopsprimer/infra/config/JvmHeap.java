package mlopsprimer.infra.config;

import java.util.List;
import mlopsprimer.contract.AppPod;

/** How the JVM's heap in a pod follows from the pod's memory limit. */
public final class JvmHeap {
  private JvmHeap() {}

  /**
   * The command of an app's container. It is the image's own command with a heap in addition: the
   * heap gets what the memory limit leaves after everything else that the process needs. A later
   * -Xmx replaces the one in the app's jvm.options.
   */
  public static List<String> command(App app, Memory limit) {
    return List.of(
        "java",
        "@%s/jvm.options".formatted(AppPod.APP_PATH),
        "-Xmx%dm".formatted(limit.mebibytes() - app.memoryBesideHeap()),
        "-jar",
        "%s/%s.jar".formatted(AppPod.APP_PATH, app.label()));
  }
}
