package mlopsprimer.nodeprovider.training;

import mlopsprimer.nodeprovider.rpc.Property;

/** Arguments of the check that every ticker is trained. */
record TrainingCheckArgs(
    @Property("Number of tickers that are not trained.") Integer failed,
    @Property("Which tickers are not trained, and why.") String report) {}
