package mlopsprimer.infra.config;

/** The types of a Service in Kubernetes. */
public enum ServiceType {
  NODE_PORT("NodePort"),
  CLUSTER_IP("ClusterIP"),
  LOAD_BALANCER("LoadBalancer");

  private final String text;

  ServiceType(String text) {
    this.text = text;
  }

  /** The name in Kubernetes: NodePort. */
  @Override
  public String toString() {
    return text;
  }
}
