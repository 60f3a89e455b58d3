package mlopsprimer.infra.config;

/** Which nodes can mount a provisioned volume. */
public enum AccessMode {
  /** One node, so all pods that use the model store run on the same node. */
  ONE_NODE("ReadWriteOnce"),
  /** All nodes. */
  ALL_NODES("ReadWriteMany");

  private final String text;

  AccessMode(String text) {
    this.text = text;
  }

  /** The name in Kubernetes: ReadWriteOnce. */
  @Override
  public String toString() {
    return text;
  }
}
