package mlopsprimer.infra.nodeprovider;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Import;
import com.pulumi.core.annotations.ResourceType;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;

/**
 * The check, at the end of an update, that every ticker is trained. It fails with the report of the
 * training if one is not.
 */
@ResourceType(type = "node-provider:index:TrainingCheck")
public final class TrainingCheck extends CustomResource {
  public TrainingCheck(String name, Args args, CustomResourceOptions options) {
    super("node-provider:index:TrainingCheck", name, args, options);
  }

  /** The outcome of the training. */
  @SuppressWarnings("UnusedVariable") // the SDK reads the fields
  public static final class Args extends ResourceArgs {
    @Import(name = "failed", required = true)
    private final Output<Integer> failed;

    @Import(name = "report", required = true)
    private final Output<String> report;

    public Args(TrainingOutcome outcome) {
      this.failed = outcome.failed();
      this.report = outcome.report();
    }
  }
}
