package mlopsprimer.nodeprovider.training;

import mlopsprimer.nodeprovider.rpc.Property;

/** State of the outcome of a training Job that has ended. */
record TrainingOutcomeState(
    TrainingOutcomeArgs args,
    @Property("Number of tickers that are not trained.") Integer failed,
    @Property("Which tickers are not trained, and why.") String report) {}
