package mlopsprimer.nodeprovider.image;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;

/** Trusts more certificate authorities for one host than for all others. */
final class TrustForHost extends X509ExtendedTrustManager {
  private final String host;
  private final X509ExtendedTrustManager everywhere;
  private final X509ExtendedTrustManager more;

  /**
   * @param everywhere what is trusted for every host
   * @param more what is trusted for this host, too
   */
  TrustForHost(String host, X509ExtendedTrustManager everywhere, X509ExtendedTrustManager more) {
    this.host = host;
    this.everywhere = everywhere;
    this.more = more;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    try {
      everywhere.checkServerTrusted(chain, type, socket);
    } catch (CertificateException e) {
      if (!(socket instanceof SSLSocket tls) || !isHost(tls.getHandshakeSession())) {
        throw e;
      }
      more.checkServerTrusted(chain, type, socket);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    try {
      everywhere.checkServerTrusted(chain, type, engine);
    } catch (CertificateException e) {
      if (!isHost(engine.getHandshakeSession())) {
        throw e;
      }
      more.checkServerTrusted(chain, type, engine);
    }
  }

  private boolean isHost(SSLSession session) {
    return session != null && host.equalsIgnoreCase(session.getPeerHost());
  }

  /** A check that does not say which host it is for gets no more than the usual trust. */
  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    everywhere.checkServerTrusted(chain, type);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    everywhere.checkClientTrusted(chain, type, socket);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    everywhere.checkClientTrusted(chain, type, engine);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    everywhere.checkClientTrusted(chain, type);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return everywhere.getAcceptedIssuers();
  }
}
