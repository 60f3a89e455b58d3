package mlopsprimer.nodeprovider.node;

import java.util.Map;
import mlopsprimer.nodeprovider.rpc.Property;

/** State of the import of an image on nodes. */
record NodeImportState(
    NodeImportArgs args,
    @Property("Digest of the imported image, by the name of each node that has the image.")
        Map<String, String> imported) {}
