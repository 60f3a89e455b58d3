package mlopsprimer.nodeprovider.image;

import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.api.CredentialRetriever;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.event.EventHandlers;
import com.google.cloud.tools.jib.http.FailoverHttpClient;
import com.google.cloud.tools.jib.registry.RegistryClient;
import java.nio.file.Path;
import java.util.Optional;

/** Looks whether a registry has an image. */
final class RegistryLook {
  private RegistryLook() {}

  /**
   * Whether the registry has the image with this digest.
   *
   * @param reference name of the image with its tag
   * @throws Exception of many types, if the registry does not answer or refuses the request
   */
  static boolean has(String reference, String digest, Optional<Path> registryCa) throws Exception {
    ImageReference image = ImageReference.parse(reference);
    FailoverHttpClient http = new FailoverHttpClient(false, false, event -> {});
    try {
      return RegistryTrust.during(() -> has(image, digest, http), image.getRegistry(), registryCa);
    } finally {
      http.shutDown();
    }
  }

  private static boolean has(ImageReference image, String digest, FailoverHttpClient http)
      throws Exception {
    RegistryConnection.require(image.getRegistry());
    Optional<Credential> credential = Optional.empty();
    for (CredentialRetriever retriever : RegistryCredentials.of(image)) {
      credential = credential.isPresent() ? credential : retriever.retrieve();
    }
    RegistryClient.Factory factory =
        RegistryClient.factory(
            EventHandlers.NONE, image.getRegistry(), image.getRepository(), http);
    credential.ifPresent(factory::setCredential);
    RegistryClient registry = factory.newRegistryClient();
    if (!registry.doPullBearerAuth() && credential.isPresent()) {
      registry.configureBasicAuth();
    }
    return registry.checkManifest(digest).isPresent();
  }
}
