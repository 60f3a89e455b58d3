package mlopsprimer.infra.config;

import java.util.List;
import mlopsprimer.contract.AppPod;

/** How the JVM's heap in a pod follows from the pod's memory limit. */
public final class JvmHeap {
  private JvmHeap() {}

  /**
   * The command of the app's container. It replaces the entrypoint of the image, because the size
   * of the heap depends on the memory limit. The heap gets the limit minus the memory that the
   * process needs beside its heap. The JVM ignores the earlier -Xmx in the app's jvm.options.
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
