package mlopsprimer.nodeprovider.node;

import java.util.List;
import mlopsprimer.nodeprovider.rpc.Property;

/** Arguments of the import of an image on nodes. */
record NodeImportArgs(
    @Property(
            value = "Name of the image with its tag, such as localhost/ml-api:0123456789ab.",
            replaces = true)
        String reference,
    @Property(value = "Digest that the image must have after the import.", replaces = true)
        String digest,
    @Property("Path of the archive that holds the image.") String archive,
    @Property(
            "Names of the nodes that get the image. A node that is added later gets the image, too.")
        List<String> nodes,
    @Property("Path of the OpenSSH configuration file that says how to reach the nodes.")
        String sshConfig) {}
