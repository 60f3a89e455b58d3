package mlopsprimer.nodeprovider.image;

import mlopsprimer.nodeprovider.rpc.Property;

/** State of an image: its arguments, its names, its digest, and its archive if it has one. */
record ImageState(
    ImageArgs args,
    @Property(
            "Name of the image, with the hash as its tag. A preview knows the name before the build.")
        String reference,
    @Property(
            value =
                "Name by which a pod names the image: the reference, or the name with the digest of an image in a registry.",
            optional = true)
        String image,
    @Property("Digest of the image: sha256: and 64 hex digits.") String digest,
    @Property(
            value =
                "Path of the archive that the image was written to, from the checkout's root. An image in a registry has none.",
            optional = true)
        String archive) {

  /**
   * The state of an image that exists.
   *
   * @param archive path of the archive; null for an image in a registry
   */
  static ImageState of(ImageArgs args, String digest, String archive) {
    String image = args.isPushed() ? args.name() + "@" + digest : args.reference();
    return new ImageState(args, args.reference(), image, digest, archive);
  }
}
