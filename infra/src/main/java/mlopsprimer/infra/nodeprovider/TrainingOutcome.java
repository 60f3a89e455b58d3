package mlopsprimer.infra.nodeprovider;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Export;
import com.pulumi.core.annotations.Import;
import com.pulumi.core.annotations.ResourceType;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;
import java.util.List;

/**
 * The end of a training Job. The node-provider waits for it. The resource fails if the ticker that
 * the API serves by default is not trained. Other tickers that are not trained are outputs.
 */
@ResourceType(type = "node-provider:index:TrainingOutcome")
public final class TrainingOutcome extends CustomResource {
  @Export(
      name = "failed",
      refs = {Integer.class},
      tree = "[0]")
  private Output<Integer> failed;

  @Export(
      name = "report",
      refs = {String.class},
      tree = "[0]")
  private Output<String> report;

  public TrainingOutcome(String name, Args args, CustomResourceOptions options) {
    super("node-provider:index:TrainingOutcome", name, args, options);
  }

  /** Number of tickers that are not trained. */
  public Output<Integer> failed() {
    return failed;
  }

  /** Which tickers are trained, and why the others are not. */
  public Output<String> report() {
    return report;
  }

  /** The Job to wait for, and its tickers. */
  @SuppressWarnings("UnusedVariable") // the SDK reads the fields
  public static final class Args extends ResourceArgs {
    @Import(name = "kubeconfig", required = true)
    private final Output<String> kubeconfig;

    @Import(name = "kubeContext")
    private final Output<String> kubeContext;

    @Import(name = "namespace", required = true)
    private final Output<String> namespace;

    @Import(name = "job", required = true)
    private final Output<String> job;

    @Import(name = "generation", required = true)
    private final Output<String> generation;

    @Import(name = "tickers", required = true)
    private final Output<List<String>> tickers;

    @Import(name = "indexes", required = true)
    private final Output<Integer> indexes;

    @Import(name = "needed", required = true)
    private final Output<String> needed;

    /**
     * @param job name of the Job
     * @param generation a text that differs for each Job of that name
     * @param tickers the tickers of the Job, in the order of its argument --tickers
     * @param indexes number of pods that share the tickers
     * @param needed the ticker without which the API must not be rolled out
     */
    public Args(
        ClusterAccess cluster,
        String namespace,
        Output<String> job,
        Output<String> generation,
        List<String> tickers,
        int indexes,
        String needed) {
      this.kubeconfig = Output.of(cluster.kubeconfig());
      this.kubeContext = cluster.context().map(Output::of).orElse(null);
      this.namespace = Output.of(namespace);
      this.job = job;
      this.generation = generation;
      this.tickers = Output.of(tickers);
      this.indexes = Output.of(indexes);
      this.needed = Output.of(needed);
    }
  }
}
