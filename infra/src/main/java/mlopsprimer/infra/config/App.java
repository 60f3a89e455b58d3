package mlopsprimer.infra.config;

import java.util.List;
import mlopsprimer.contract.AppPod;

/** The two apps, with their modules, their images and the memory that their JVMs need. */
public enum App {
  TRAINER("trainer", 128, 384),
  API("api", 136, 192);

  private final String label;
  private final int outsideHeap;
  private final int leastMemory;

  /**
   * @param outsideHeap mebibytes that the process needs beside its heap
   * @param leastMemory mebibytes below which the app does not work reliably
   */
  App(String label, int outsideHeap, int leastMemory) {
    this.label = label;
    this.outsideHeap = outsideHeap;
    this.leastMemory = leastMemory;
  }

  /** The name of the app's container, of its jar and of its directory below apps. */
  public String label() {
    return label;
  }

  /** The Maven module: apps/trainer. */
  public String module() {
    return "apps/" + label;
  }

  /** The name of the image without its tag: localhost/ml-trainer. */
  public String image() {
    return "localhost/ml-" + label;
  }

  /** Smallest memory limit of the app's container, in mebibytes. */
  int leastMemory() {
    return leastMemory;
  }

  /**
   * The command of the app's container. It replaces the entrypoint of the image, because the size
   * of the heap depends on the memory limit. The heap gets the limit minus the memory that the
   * process needs beside its heap.
   */
  public List<String> command(Memory limit) {
    return List.of(
        "java",
        "@%s/jvm.options".formatted(AppPod.APP_PATH),
        "-Xmx%dm".formatted(limit.mebibytes() - outsideHeap),
        "-jar",
        "%s/%s.jar".formatted(AppPod.APP_PATH, label));
  }
}
