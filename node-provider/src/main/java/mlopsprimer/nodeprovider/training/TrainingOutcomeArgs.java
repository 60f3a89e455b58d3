package mlopsprimer.nodeprovider.training;

import java.util.List;
import mlopsprimer.contract.Ticker;
import mlopsprimer.nodeprovider.rpc.Property;

/** Arguments of the outcome of a training Job. */
record TrainingOutcomeArgs(
    @Property("Path of the cluster's kubeconfig.") String kubeconfig,
    @Property(
            value = "Context of the kubeconfig. Without it, the file's current context is used.",
            optional = true)
        String kubeContext,
    @Property(value = "Namespace of the Job.", replaces = true) String namespace,
    @Property("Name of the Job.") String job,
    @Property(
            "Text that differs for every Job, such as its uid. The node-provider waits again when this text changes.")
        String generation,
    @Property("Symbols of the tickers, in the order of the Job's arguments.") List<String> tickers,
    @Property(
            "Number of pods that share the tickers. The pod with the index I trains every ticker whose position has the remainder I.")
        Integer indexes,
    @Property("Symbol of the ticker without which the resource fails.") String needed) {

  /** The tickers of one pod. */
  List<Ticker> tickersOf(int index) {
    return Ticker.share(tickers.stream().map(Ticker::of).toList(), indexes, index);
  }
}
