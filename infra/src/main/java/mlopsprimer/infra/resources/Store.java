package mlopsprimer.infra.resources;

import com.pulumi.core.Output;
import com.pulumi.resources.Resource;
import java.util.List;
import java.util.Optional;
import mlopsprimer.infra.config.App;

/** The model store of the stack, as the pods of the apps use it. */
public interface Store {

  /** What must exist before a pod that uses the store is created. */
  List<Resource> ready();

  /** What the pods of an app need for the store. */
  PodStore of(App app);

  /** How the trainer's pods reach the bucket of the store; empty for a store on a volume. */
  default Optional<S3Access> bucket() {
    return Optional.empty();
  }

  /** Where the models are, in words: a node and a directory, a claim, or a bucket. */
  Output<String> location();

  /** A text that changes when the pods lose what they have of the store, and must be replaced. */
  Output<String> generation();
}
