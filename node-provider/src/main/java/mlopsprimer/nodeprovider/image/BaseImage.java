package mlopsprimer.nodeprovider.image;

import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * The base image of an app's image.
 *
 * @param name {@code tar:///FILE}, or the name of an image in a registry
 * @param archive the file, or empty if the image is in a registry
 */
record BaseImage(String name, Optional<Path> archive) {
  private static final String TAR = "tar://";

  static BaseImage of(String name) {
    return new BaseImage(
        name,
        name.startsWith(TAR)
            ? Optional.of(Path.of(name.substring(TAR.length())))
            : Optional.empty());
  }

  /**
   * A text that changes when the base image changes. For an archive, the text is the SHA-256 of its
   * content.
   */
  String identity() throws IOException {
    return archive.isPresent()
        ? FileDigest.of(archive.get())
        : name + " " + platform().getArchitecture();
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
    return Jib.from(
            RegistryImage.named(reference)
                .addCredentialRetriever(
                    CredentialRetrieverFactory.forImage(reference, event -> {}).dockerConfig()))
        .setPlatforms(Set.of(platform()));
  }

  /** The platform of this machine, which is also the platform of the nodes that run on it. */
  private static Platform platform() {
    return new Platform(
        System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64", "linux");
  }
}
