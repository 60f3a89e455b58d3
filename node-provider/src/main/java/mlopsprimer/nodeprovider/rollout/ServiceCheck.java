package mlopsprimer.nodeprovider.rollout;

import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.LoadBalancerStatus;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServiceStatus;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Optional;
import mlopsprimer.nodeprovider.rpc.ResourceException;

/**
 * Finds the URL of a Service, and waits until it gives the expected answer. The API server passes
 * the requests on, unless the Service has the address of a load balancer: the machine that runs
 * Pulumi may not reach the network of the cluster.
 */
final class ServiceCheck {
  private final KubernetesApi cluster;
  private final RolloutArgs args;
  private final RolloutLimits limits;

  ServiceCheck(KubernetesApi cluster, RolloutArgs args, RolloutLimits limits) {
    this.cluster = cluster;
    this.args = args;
    this.limits = limits;
  }

  /**
   * Waits until the Service gives the expected answer.
   *
   * @return the URL for requests
   * @throws ResourceException if there is no such Service, if it has no address, or if an answer is
   *     still wrong after the patience
   */
  String untilRight() throws ResourceException, InterruptedException {
    Service service = service();
    String type = service.getSpec().getType();
    ServicePort port = service.getSpec().getPorts().get(0);
    if ("LoadBalancer".equals(type)) {
      String url = url(addressOfLoadBalancer(), port.getPort());
      new UrlCheck(url, args.contains(), limits.address()).untilRight();
      return url;
    }
    String url =
        "NodePort".equals(type)
            ? url(addressOfNode(), port.getNodePort())
            : url("%s.%s.svc".formatted(args.service(), args.namespace()), port.getPort());
    new UrlCheck(
            "the Service %s, asked through the API server,".formatted(args.service()),
            () -> askThroughApiServer(port.getName()),
            args.contains(),
            limits.wrongAnswer())
        .untilRight();
    return url;
  }

  private Service service() throws ResourceException {
    return cluster
        .service(args.namespace(), args.service())
        .orElseThrow(
            () ->
                new ResourceException(
                    "the namespace %s has no Service %s: run 'pulumi refresh', then 'pulumi up' again"
                        .formatted(args.namespace(), args.service())));
  }

  private String askThroughApiServer(String port) {
    try {
      return String.valueOf(cluster.get(args.namespace(), args.service(), port, args.path()));
    } catch (KubernetesClientException e) {
      return e.getCode() == 0 ? e.toString() : "status " + e.getCode();
    }
  }

  private String addressOfLoadBalancer() throws ResourceException, InterruptedException {
    long start = System.nanoTime();
    while (true) {
      Optional<String> address = ingress(service());
      if (address.isPresent()) {
        return address.get();
      }
      if (System.nanoTime() - start >= limits.address().toNanos()) {
        throw new ResourceException(
            "the Service %s has no address after %d s. 'kubectl --namespace %s describe service %s' may say why. A cluster without a load balancer never gives an address: set serviceType to NodePort or ClusterIP there. Then run 'pulumi up' again"
                .formatted(
                    args.service(),
                    limits.address().toSeconds(),
                    args.namespace(),
                    args.service()));
      }
      Thread.sleep(limits.poll().toMillis());
    }
  }

  private static Optional<String> ingress(Service service) {
    List<LoadBalancerIngress> all =
        Optional.ofNullable(service.getStatus())
            .map(ServiceStatus::getLoadBalancer)
            .map(LoadBalancerStatus::getIngress)
            .orElse(List.of());
    return all.stream()
        .map(found -> found.getHostname() == null ? found.getIp() : found.getHostname())
        .filter(address -> address != null)
        .findFirst();
  }

  private String addressOfNode() throws ResourceException {
    return cluster
        .addressOfNode()
        .orElseThrow(
            () ->
                new ResourceException(
                    "no node of the cluster has an address: check 'kubectl get nodes --output wide', or set serviceType to ClusterIP. Then run 'pulumi up' again"));
  }

  private String url(String host, Integer port) {
    String shown = host.contains(":") ? "[" + host + "]" : host;
    return port == null || port == 80
        ? "http://%s%s".formatted(shown, args.path())
        : "http://%s:%d%s".formatted(shown, port, args.path());
  }
}
