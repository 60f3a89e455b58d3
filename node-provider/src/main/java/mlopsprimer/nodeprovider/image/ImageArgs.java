package mlopsprimer.nodeprovider.image;

import mlopsprimer.nodeprovider.rpc.Property;

/**
 * Arguments of an image. Another path of the same archive of a base image does not replace the
 * image. The hash covers the content of the archive, and another hash replaces the image.
 */
record ImageArgs(
    @Property(value = "Name of the image without a tag, such as localhost/ml-api.", replaces = true)
        String name,
    @Property(
            value = "Directory of the app's Maven module in the project, such as apps/api.",
            replaces = true)
        String module,
    @Property(
            "Base image of the image: tar:///FILE for an archive, or the name of an image in a registry.")
        String base,
    @Property(
            value =
                "Hash of the sources and the base image, 12 hex digits. The node-provider computes the hash and ignores a value in the program.",
            optional = true,
            replaces = true)
        String hash) {

  /** A copy with another hash. */
  ImageArgs withHash(String computed) {
    return new ImageArgs(name, module, base, computed);
  }

  /** The name of the image, with the hash as its tag. */
  String reference() {
    return name + ":" + hash;
  }
}
