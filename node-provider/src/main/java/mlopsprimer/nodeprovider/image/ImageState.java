package mlopsprimer.nodeprovider.image;

import mlopsprimer.nodeprovider.rpc.Property;

/** State of an image: its arguments, its name, its digest and its archive. */
record ImageState(
    ImageArgs args,
    @Property(
            "Name of the image, with the hash as its tag. A preview knows the name before the build.")
        String reference,
    @Property("Digest of the image: sha256: and 64 hex digits.") String digest,
    @Property("Path of the archive that the image was written to.") String archive) {}
