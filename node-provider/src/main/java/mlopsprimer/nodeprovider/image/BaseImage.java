package mlopsprimer.nodeprovider.image;

import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * The base image of an app's image.
 *
 * @param name {@code tar:///FILE}, or the name of an image in a registry
 * @param archive the file, or empty if the image is in a registry
 * @param architecture architecture of the image in a registry, such as amd64
 */
record BaseImage(String name, Optional<Path> archive, String architecture) {
  /** The word for the architecture of this machine. */
  static final String AUTO = "auto";

  private static final String TAR = "tar://";

  /** The base image for the architecture of this machine. */
  static BaseImage of(String name) {
    return of(name, AUTO);
  }

  /**
   * @param architecture an architecture, or {@link #AUTO}
   */
  static BaseImage of(String name, String architecture) {
    return new BaseImage(
        name,
        name.startsWith(TAR)
            ? Optional.of(Path.of(name.substring(TAR.length())))
            : Optional.empty(),
        architecture.equals(AUTO) ? ofThisMachine() : architecture);
  }

  /**
   * A text that changes when the base image changes. For an archive, the text is the SHA-256 of its
   * content.
   */
  String identity() throws IOException {
    return archive.isPresent() ? FileDigest.of(archive.get()) : name + " " + architecture;
  }

  /**
   * A container builder that starts from this base image. Jib uses the registry's credentials that
   * {@code docker login} or {@code podman login} stored.
   */
  JibContainerBuilder start() throws InvalidImageReferenceException {
    if (archive.isPresent()) {
      return Jib.from(TarImage.at(archive.get()));
    }
    ImageReference reference = ImageReference.parse(name);
    RegistryImage image = RegistryImage.named(reference);
    RegistryCredentials.of(reference).forEach(image::addCredentialRetriever);
    return Jib.from(image).setPlatforms(Set.of(new Platform(architecture, "linux")));
  }

  private static String ofThisMachine() {
    return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
  }
}
