package mlopsprimer.infra.resources;

import com.pulumi.kubernetes.meta.v1.inputs.LabelSelectorArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import java.util.HashMap;
import java.util.Map;

/** Creates the metadata of the stack's Kubernetes objects. */
final class KubernetesObjects {
  static final String NAMESPACE = "mlops-primer";

  private static final String PROPAGATION = "pulumi.com/deletionPropagationPolicy";

  /**
   * Annotation for an object that is deleted at once, before the objects that it owns. With the
   * provider plugin's default, the owner is deleted a tenth of a second after the objects that it
   * owns. The plugin may not notice that deletion (pulumi-kubernetes issue 3317), and then waits
   * for its timeout.
   */
  private static final Map<String, String> DELETED_AT_ONCE = Map.of(PROPAGATION, "background");

  /** Annotation for an object that is deleted only after the objects that it owns. */
  static final Map<String, String> DELETED_LAST = Map.of(PROPAGATION, "foreground");

  private KubernetesObjects() {}

  /** Metadata of an object in the stack's namespace. */
  static ObjectMetaArgs metadata(String name, Labels labels) {
    return metadata(name, labels, Map.of());
  }

  /** Metadata of an object in the stack's namespace, with more annotations. */
  static ObjectMetaArgs metadata(String name, Labels labels, Map<String, String> annotations) {
    Map<String, String> all = new HashMap<>(DELETED_AT_ONCE);
    all.putAll(annotations);
    return clusterScoped(name, labels).namespace(NAMESPACE).annotations(all).build();
  }

  /** Metadata of an object that is in no namespace. */
  static ObjectMetaArgs.Builder clusterScoped(String name, Labels labels) {
    return ObjectMetaArgs.builder().name(name).labels(labels.all()).annotations(DELETED_AT_ONCE);
  }

  /** A selector of the objects that have all of these labels. */
  static LabelSelectorArgs selector(Map<String, String> labels) {
    return LabelSelectorArgs.builder().matchLabels(labels).build();
  }
}
