package mlopsprimer.infra.config;

/**
 * The two apps: their modules, their images, and the memory that they need. Under a flood of
 * requests, the API used 100 MiB beside its heap, and 8 MiB for socket buffers. Its number includes
 * a margin.
 */
public enum App {
  TRAINER("trainer", 128, 384),
  API("api", 136, 192);

  private final String label;
  private final int memoryBesideHeap;
  private final int leastMemory;

  /**
   * @param memoryBesideHeap mebibytes that the process needs beside its heap
   * @param leastMemory mebibytes below which the app does not work reliably
   */
  App(String label, int memoryBesideHeap, int leastMemory) {
    this.label = label;
    this.memoryBesideHeap = memoryBesideHeap;
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

  /** Memory that the process needs beside its heap, in mebibytes. */
  int memoryBesideHeap() {
    return memoryBesideHeap;
  }

  /** Smallest memory limit of the app's container, in mebibytes. */
  int leastMemory() {
    return leastMemory;
  }
}
