package mlopsprimer.nodeprovider.node;

import mlopsprimer.nodeprovider.rpc.Property;

/** State of a directory on a node. */
record NodeDirectoryState(
    NodeDirectoryArgs args,
    @Property(
            "Time at which the directory was created, in seconds since 1970 with nine decimals. It is 0 if the file system does not record that time. A directory that was lost and created again has another time.")
        String made) {}
