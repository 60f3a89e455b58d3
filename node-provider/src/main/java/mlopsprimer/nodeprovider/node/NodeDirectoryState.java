package mlopsprimer.nodeprovider.node;

import mlopsprimer.nodeprovider.rpc.Property;

/** State of a directory on a node. */
record NodeDirectoryState(
    NodeDirectoryArgs args,
    @Property(
            "Time at which the directory was made, in seconds since 1970 with nine decimals; 0 if the file system does not record it. A directory that was lost and made again has another time.")
        String made) {}
