package mlopsprimer.nodeprovider.secret;

import mlopsprimer.nodeprovider.rpc.Property;

/** Arguments of credentials. */
record CredentialsArgs(
    @Property(value = "Start of the access key, in capital letters.", replaces = true)
        String user) {}
