package mlopsprimer.nodeprovider.image;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import mlopsprimer.nodeprovider.rpc.ResourceException;

/**
 * Writes images with Jib, which needs no Docker daemon.
 *
 * @param reference the name of the image with its tag
 * @param cache a directory in which Jib keeps layers for later builds
 */
record ImageWriter(String reference, Path cache) {

  /**
   * Writes the image to an archive that containerd can import.
   *
   * @return the digest of the image
   */
  String toArchive(ImageContent content, Path archive) throws Exception {
    try {
      return write(
          content,
          Containerizer.to(TarImage.at(archive).named(reference))
              .setOfflineMode(content.base().archive().isPresent()));
    } catch (RegistryException | IOException | ExecutionException e) {
      throw new ResourceException(
          "%s cannot be built on the base image %s: %s%nCheck the network. If the registry needs a login, run 'docker login'. Without a registry, set baseImage to an image archive: tar:///FILE"
              .formatted(reference, content.base().name(), e.getMessage()),
          e);
    }
  }

  /**
   * Pushes the image to the registry that its name has, over HTTPS. What the registry already has
   * is not sent again.
   *
   * @param registryCa file with a certificate authority that is trusted for this registry, too
   * @return the digest of the image
   */
  String toRegistry(ImageContent content, Optional<Path> registryCa) throws Exception {
    ImageReference image = ImageReference.parse(reference);
    RegistryImage target = RegistryImage.named(image);
    RegistryCredentials.of(image).forEach(target::addCredentialRetriever);
    try {
      return RegistryTrust.during(
          () -> {
            RegistryConnection.require(image.getRegistry());
            return write(content, Containerizer.to(target).setAllowInsecureRegistries(false));
          },
          image.getRegistry(),
          registryCa);
    } catch (RegistryException | IOException | ExecutionException e) {
      throw new ResourceException(
          "%s cannot be pushed: %s%nCheck that the registry answers. If it needs a login, run 'docker login %s'. If this machine does not trust its certificate, set registryCa to the file of its certificate authority"
              .formatted(reference, e, image.getRegistry()),
          e);
    }
  }

  private String write(ImageContent content, Containerizer containerizer) throws Exception {
    Files.createDirectories(cache);
    return content
        .container()
        .containerize(
            containerizer
                .setBaseImageLayersCache(cache)
                .setApplicationLayersCache(cache)
                .setToolName("mlops-primer"))
        .getDigest()
        .toString();
  }
}
