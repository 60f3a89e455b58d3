package mlopsprimer.nodeprovider.image;

import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/** A first connection to a registry, because Jib repeats one that fails for a minute. */
final class RegistryConnection {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private RegistryConnection() {}

  /**
   * Connects once. Every answer is right, also one that asks for a login.
   *
   * @param registry host of the registry, and its port if it is not 443
   * @throws IOException if the registry does not answer, or its certificate is not trusted
   */
  static void require(String registry)
      throws IOException, InterruptedException, NoSuchAlgorithmException {
    HttpClient client =
        HttpClient.newBuilder()
            .sslContext(SSLContext.getDefault())
            .proxy(ProxySelector.getDefault())
            .connectTimeout(PATIENCE)
            .build();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("https://%s/v2/".formatted(registry)))
            .timeout(PATIENCE)
            .build();
    client.send(request, HttpResponse.BodyHandlers.discarding());
  }
}
