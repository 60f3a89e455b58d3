package mlopsprimer.nodeprovider.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import mlopsprimer.nodeprovider.rpc.ResourceException;

/**
 * Trust in a certificate authority for one registry, while work is done. Jib has no setting for it,
 * and takes the default of the JVM for each connection. The default that this class sets trusts the
 * authority for connections to the registry's host only, so other connections of the JVM trust what
 * they trusted before.
 */
final class RegistryTrust {
  /** One push at a time changes the default of the JVM. */
  private static final ReentrantLock PUSHES = new ReentrantLock();

  private RegistryTrust() {}

  /**
   * Does work that connects to a registry.
   *
   * @param registry host of the registry, and its port if it is not 443
   * @param authority a PEM file; without it, nothing changes
   * @throws ResourceException if the file has no certificate
   */
  static <T> T during(Callable<T> work, String registry, Optional<Path> authority)
      throws Exception {
    if (authority.isEmpty()) {
      return work.call();
    }
    SSLContext context = trusting(registry, keys(authority.get()));
    PUSHES.lockInterruptibly();
    try {
      SSLContext before = SSLContext.getDefault();
      SSLContext.setDefault(context);
      try {
        return work.call();
      } finally {
        SSLContext.setDefault(before);
      }
    } finally {
      PUSHES.unlock();
    }
  }

  private static SSLContext trusting(String registry, KeyStore authorities)
      throws GeneralSecurityException {
    String host = registry.replaceFirst(":[0-9]+$", "");
    TrustManager[] trust = {new TrustForHost(host, managerOf(null), managerOf(authorities))};
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust, null);
    return context;
  }

  private static KeyStore keys(Path file) throws IOException, ResourceException {
    try (InputStream pem = Files.newInputStream(file)) {
      Collection<? extends Certificate> certificates =
          CertificateFactory.getInstance("X.509").generateCertificates(pem);
      if (certificates.isEmpty()) {
        throw new GeneralSecurityException("it has no certificate");
      }
      KeyStore keys = KeyStore.getInstance(KeyStore.getDefaultType());
      keys.load(null, null);
      for (Certificate certificate : certificates) {
        keys.setCertificateEntry("authority-" + keys.size(), certificate);
      }
      return keys;
    } catch (GeneralSecurityException e) {
      throw new ResourceException(
          "%s cannot be used as the certificate authority of the registry: %s. Set registryCa to a PEM file that starts with -----BEGIN CERTIFICATE-----"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  /**
   * @param keys the authorities to trust, or null for those of the JVM
   */
  private static X509ExtendedTrustManager managerOf(KeyStore keys) throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(keys);
    return Arrays.stream(factory.getTrustManagers())
        .filter(X509ExtendedTrustManager.class::isInstance)
        .map(X509ExtendedTrustManager.class::cast)
        .findFirst()
        .orElseThrow();
  }
}
