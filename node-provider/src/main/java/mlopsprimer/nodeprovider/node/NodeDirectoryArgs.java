package mlopsprimer.nodeprovider.node;

import mlopsprimer.nodeprovider.rpc.Property;

/** Arguments of a directory on a node. */
record NodeDirectoryArgs(
    @Property("Name of the node. It cannot change while the directory exists.") String node,
    @Property(
            "Absolute path of the directory, at least three levels deep. It cannot change while the directory exists.")
        String path,
    @Property(
            "Size that the PersistentVolume on the directory declares, such as 1Gi. The directory can grow larger than that size. The declared size cannot change while the directory exists.")
        String size,
    @Property("User id of the directory's owner.") Integer uid,
    @Property("Group id of the directory's owner.") Integer gid,
    @Property("Access mode of the directory, in octal, such as 0750.") String mode,
    @Property(
            value =
                "Whether the directory and its files stay on the node when the resource is deleted. The default is false.",
            optional = true)
        Boolean keep,
    @Property(
            value =
                "Stack that the directory belongs to: project/stack/id. The node-provider writes it into the directory, and changes or deletes no directory of another stack.",
            optional = true)
        String owner,
    @Property(
            value =
                "Id of another stack whose directory this stack may take over, or unmarked for a directory without a mark. The default, none, takes over nothing.",
            optional = true)
        String adopt,
    @Property(
            value =
                "Name of the files that messages about the directory count as models, such as model.bin.",
            optional = true)
        String modelFile,
    @Property(
            "Path of the OpenSSH configuration file that says how to reach the node, from the checkout's root.")
        String sshConfig) {}
