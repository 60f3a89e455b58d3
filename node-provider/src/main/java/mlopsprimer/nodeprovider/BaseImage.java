package mlopsprimer.nodeprovider;

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
 * What an image is built on: {@code tar:///FILE}, or the name of an image in a registry.
 *
 * @param archive the file, unless it is in a registry
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

  /** What changes when the base does. A file counts by what is in it. */
  String identity() throws IOException {
    return archive.isPresent()
        ? Sources.digestOf(archive.get())
        : name + " " + platform().getArchitecture();
  }

  /** Who logged in to the registry with docker, podman or the like is known to it here, too. */
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

  /** That of this machine, which runs the nodes. */
  private static Platform platform() {
    return new Platform(
        System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64", "linux");
  }
}
