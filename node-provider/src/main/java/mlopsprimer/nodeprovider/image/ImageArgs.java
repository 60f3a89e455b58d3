package mlopsprimer.nodeprovider.image;

import java.nio.file.Path;
import mlopsprimer.nodeprovider.rpc.Property;

/**
 * Arguments of an image. A change of the project's path or of the base's name alone does not
 * replace the image: only their content counts, which is in the hash.
 */
record ImageArgs(
    @Property(value = "Name of the image without a tag, such as localhost/ml-api.", replaces = true)
        String name,
    @Property(
            value = "Directory of the app's Maven module in the project, such as apps/api.",
            replaces = true)
        String module,
    @Property("Absolute path of the checkout whose sources are built.") String project,
    @Property("Base image: tar:///FILE for an archive, or the name of an image in a registry.")
        String base,
    @Property(
            value =
                "Hash of the sources and the base, 12 hex digits. The provider computes it; a value in the program is ignored.",
            optional = true,
            replaces = true)
        String hash) {

  ImageArgs withHash(String computed) {
    return new ImageArgs(name, module, project, base, computed);
  }

  /** The name of the image, with the hash as its tag. */
  String reference() {
    return name + ":" + hash;
  }

  Path projectDirectory() {
    return Path.of(project);
  }

  /** The file that the image is written to. */
  Path archive() {
    String file = reference().replaceAll(".*/", "").replace(':', '-') + ".tar";
    return projectDirectory().resolve("target/images").resolve(file);
  }
}
