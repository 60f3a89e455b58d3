package mlopsprimer.nodeprovider.image;

import com.google.cloud.tools.jib.api.CredentialRetriever;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The credentials that {@code docker login} or a credential helper of Docker keeps. */
final class RegistryCredentials {
  private RegistryCredentials() {}

  /** Where Jib looks for the credentials of an image's registry, in this order. */
  static List<CredentialRetriever> of(ImageReference image) {
    CredentialRetrieverFactory factory =
        CredentialRetrieverFactory.forImage(image, event -> {}); // never logs a credential
    Optional<CredentialRetriever> moved =
        Optional.ofNullable(System.getenv("DOCKER_CONFIG"))
            .map(directory -> factory.dockerConfig(Path.of(directory, "config.json")));
    return Stream.concat(
            moved.stream(), Stream.of(factory.dockerConfig(), factory.wellKnownCredentialHelpers()))
        .toList();
  }
}
