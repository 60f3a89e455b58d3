package mlopsprimer.nodeprovider.image;

import java.nio.file.Path;
import java.util.Optional;
import mlopsprimer.nodeprovider.rpc.Property;

/**
 * Arguments of an image. Another path of the same archive of a base image does not replace the
 * image. The hash covers the content of the archive, and another hash replaces the image.
 */
record ImageArgs(
    @Property(
            value =
                "Name of the image without a tag, such as localhost/ml-api. An image that is pushed has the registry in its name.",
            replaces = true)
        String name,
    @Property(
            value =
                "Directory of the app's Maven module in the project, such as apps/api. An image has a module or a program, or is complete in the archive that is its base.",
            optional = true,
            replaces = true)
        String module,
    @Property(value = "Path of the program versitygw, from the checkout's root.", optional = true)
        String program,
    @Property(
            "Base image of the image: tar:///FILE for an archive, or the name of an image in a registry.")
        String base,
    @Property(
            value = "Whether the image is pushed to the registry that its name has.",
            optional = true)
        Boolean push,
    @Property(
            value =
                "Path of a PEM file with a certificate authority that is trusted for that registry, from the checkout's root.",
            optional = true)
        String registryCa,
    @Property(
            value =
                "Architecture of the image: amd64, arm64, or auto for that of this machine. The architecture of a base image in an archive is that of the archive.",
            optional = true)
        String architecture,
    @Property(
            value =
                "Hash of the sources and the base image, 12 hex digits. The node-provider computes the hash and ignores a value in the program.",
            optional = true,
            replaces = true)
        String hash) {

  /** A copy with another hash. */
  ImageArgs withHash(String computed) {
    return new ImageArgs(name, module, program, base, push, registryCa, architecture, computed);
  }

  /** The name of the image, with the hash as its tag. */
  String reference() {
    return name + ":" + hash;
  }

  boolean isPushed() {
    return Boolean.TRUE.equals(push);
  }

  /** The base image, for the architecture of the image. */
  BaseImage baseImage() {
    return BaseImage.of(base, architecture == null ? BaseImage.AUTO : architecture);
  }

  /** The file with the registry's certificate authority. */
  Optional<Path> registryCa(Path checkout) {
    return Optional.ofNullable(registryCa).map(checkout::resolve);
  }

  /** What the image contains, as a message names it. */
  String what() {
    if (module != null) {
      return module;
    }
    return program == null ? base : program;
  }

  /** Whether the archive that is the base has the complete image already. */
  boolean isComplete() {
    return module == null && program == null;
  }
}
