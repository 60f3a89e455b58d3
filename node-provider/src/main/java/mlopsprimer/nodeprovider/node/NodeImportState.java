package mlopsprimer.nodeprovider.node;

import java.util.Map;
import mlopsprimer.nodeprovider.rpc.Property;

/** State of an image that is imported on nodes. */
record NodeImportState(
    NodeImportArgs args,
    @Property("Digest of the imported image, by the name of the node that has it.")
        Map<String, String> imported) {}
