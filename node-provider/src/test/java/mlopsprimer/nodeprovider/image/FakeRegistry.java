package mlopsprimer.nodeprovider.image;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import mlopsprimer.contract.Sha256;

/**
 * An HTTPS server on this machine that keeps what Jib pushes, with a certificate of an authority
 * that nobody trusts. It speaks the parts of the protocol of registries that a push uses, without
 * credentials.
 */
final class FakeRegistry implements AutoCloseable {
  private final HttpsServer server;
  private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
  private final Map<String, byte[]> manifests = new ConcurrentHashMap<>();
  private final List<String> uploads = new CopyOnWriteArrayList<>();

  /**
   * @param directory a directory for the certificate
   */
  FakeRegistry(Path directory) throws Exception {
    KeyStore keys = TestAuthority.in(directory).keysOfServer();
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, TestAuthority.PASSWORD.toCharArray());
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(managers.getKeyManagers(), null, null);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/v2/", this::answer);
    server.start();
  }

  /** Host and port, as in the name of an image. */
  String host() {
    return "localhost:" + server.getAddress().getPort();
  }

  /** The manifest of a tag or a digest. */
  Optional<byte[]> manifest(String reference) {
    return Optional.ofNullable(manifests.get(reference));
  }

  /** The digests of the blobs that were sent, in the order of their arrival. */
  List<String> uploads() {
    return uploads;
  }

  void forget() {
    manifests.clear();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (path.contains("/manifests/")) {
        manifest(exchange, path.substring(path.lastIndexOf('/') + 1), body);
      } else if (path.contains("/blobs/uploads")) {
        upload(exchange, path, body);
      } else if (path.contains("/blobs/")) {
        send(exchange, blobs.get(path.substring(path.lastIndexOf('/') + 1)), "blob");
      } else {
        exchange.sendResponseHeaders(200, -1);
      }
    }
  }

  private void manifest(HttpExchange exchange, String reference, byte[] body) throws IOException {
    if (exchange.getRequestMethod().equals("PUT")) {
      String digest = "sha256:" + Sha256.hex(body);
      manifests.put(reference, body);
      manifests.put(digest, body);
      exchange.getResponseHeaders().set("Docker-Content-Digest", digest);
      exchange.sendResponseHeaders(201, -1);
    } else {
      send(
          exchange,
          manifests.get(reference),
          "application/vnd.docker.distribution.manifest.v2+json");
    }
  }

  /** A POST starts an upload, a PATCH sends the bytes, and a PUT names their digest. */
  private void upload(HttpExchange exchange, String path, byte[] body) throws IOException {
    switch (exchange.getRequestMethod()) {
      case "POST" -> {
        String id = path.replaceFirst("/*$", "") + "/" + System.nanoTime();
        exchange.getResponseHeaders().set("Location", "https://" + host() + id);
        exchange.sendResponseHeaders(202, -1);
      }
      case "PATCH" -> {
        blobs.put(path, body);
        exchange.getResponseHeaders().set("Location", "https://" + host() + path);
        exchange.sendResponseHeaders(202, -1);
      }
      default -> {
        byte[] sent = blobs.remove(path);
        String digest = exchange.getRequestURI().getQuery().replaceFirst(".*digest=", "");
        boolean same = sent != null && digest.equals("sha256:" + Sha256.hex(sent));
        if (same) {
          blobs.put(digest, sent);
          uploads.add(digest);
        }
        exchange.sendResponseHeaders(same ? 201 : 400, -1);
      }
    }
  }

  private static void send(HttpExchange exchange, byte[] content, String type) throws IOException {
    if (content == null) {
      exchange.sendResponseHeaders(404, -1);
      return;
    }
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("Docker-Content-Digest", "sha256:" + Sha256.hex(content));
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", String.valueOf(content.length));
      exchange.sendResponseHeaders(200, -1);
    } else {
      exchange.sendResponseHeaders(200, content.length);
      exchange.getResponseBody().write(content);
    }
  }
}
