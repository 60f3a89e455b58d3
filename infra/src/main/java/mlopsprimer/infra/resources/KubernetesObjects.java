package mlopsprimer.infra.resources;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.meta.v1.inputs.LabelSelectorArgs;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import java.util.HashMap;
import java.util.Map;
import mlopsprimer.contract.StackOwner;
import mlopsprimer.infra.config.StackConfig;

/** Creates the metadata of the stack's Kubernetes objects. */
final class KubernetesObjects {
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

  /**
   * Annotation for an object that the plugin does not wait for after it has created or updated it.
   */
  static final Map<String, String> NOT_AWAITED = Map.of("pulumi.com/skipAwait", "true");

  /**
   * Annotation for an object whose values the plugin sets even if somebody else has set them, such
   * as kubectl, or another stack that this stack has taken over. Without it, the API server refuses
   * the values as a conflict. The Ownership makes sure that the object belongs to this stack.
   */
  private static final Map<String, String> FORCED = Map.of("pulumi.com/patchForce", "true");

  private final StackConfig config;
  private final Output<String> owner;

  /**
   * @param owner the mark of the stack, which objects outside the stack's namespace carry
   */
  KubernetesObjects(StackConfig config, Output<String> owner) {
    this.config = config;
    this.owner = owner;
  }

  /** Metadata of an object in the stack's namespace. */
  ObjectMetaArgs metadata(String name, Labels labels) {
    return metadata(name, labels, Map.of());
  }

  /** Metadata of an object in the stack's namespace, with more annotations. */
  ObjectMetaArgs metadata(String name, Labels labels, Map<String, String> annotations) {
    return named(name, labels)
        .namespace(config.namespace())
        .annotations(withCommon(annotations))
        .build();
  }

  /** Metadata of an object that is in no namespace, with more annotations. */
  ObjectMetaArgs clusterScoped(String name, Labels labels, Map<String, String> annotations) {
    return named(name, labels).annotations(marked(withCommon(annotations))).build();
  }

  /**
   * Metadata of the namespace itself. The plugin deletes it and waits for the objects in it, as by
   * default.
   */
  ObjectMetaArgs namespace(Labels labels) {
    return named(config.namespace(), labels).annotations(marked(FORCED)).build();
  }

  private ObjectMetaArgs.Builder named(String name, Labels labels) {
    return ObjectMetaArgs.builder().name(name).labels(labels.all(config));
  }

  private Map<String, String> withCommon(Map<String, String> annotations) {
    Map<String, String> all = new HashMap<>(DELETED_AT_ONCE);
    all.putAll(FORCED);
    all.putAll(annotations);
    return all;
  }

  private Output<Map<String, String>> marked(Map<String, String> annotations) {
    return owner.applyValue(
        mark -> {
          Map<String, String> all = new HashMap<>(annotations);
          all.put(StackOwner.ANNOTATION, mark);
          return all;
        });
  }

  /** A selector of the objects that have all of these labels. */
  static LabelSelectorArgs selector(Map<String, String> labels) {
    return LabelSelectorArgs.builder().matchLabels(labels).build();
  }
}
