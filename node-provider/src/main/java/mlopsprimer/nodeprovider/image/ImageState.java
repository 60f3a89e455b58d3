package mlopsprimer.nodeprovider.image;

import mlopsprimer.nodeprovider.rpc.Property;

/** State of an image: its arguments, and what was built from them. */
record ImageState(
    ImageArgs args,
    @Property("Name of the image, with the hash as its tag. A preview knows it already.")
        String reference,
    @Property("Digest of the image, such as sha256: and 64 hex digits.") String digest,
    @Property("Path of the archive that the image was written to.") String archive) {}
