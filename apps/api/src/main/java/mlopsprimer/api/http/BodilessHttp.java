package mlopsprimer.api.http;

import java.util.regex.Pattern;
import org.eclipse.jetty.http.BadMessageException;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpChannelOverHttp;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnection;
import org.eclipse.jetty.server.HttpConnectionFactory;

/**
 * HTTP/1.1 for a server whose requests have no body. A request that announces a body is answered
 * with an error as soon as the parser has read the header that announces it, and its connection is
 * closed. So Jetty's code for bodies, chunks and trailers never runs, and no byte after such a
 * request is taken for another request (an attack called request smuggling).
 */
final class BodilessHttp extends HttpConnectionFactory {
  private static final HttpCompliance COMPLIANCE = HttpCompliance.RFC7230;

  BodilessHttp(HttpConfiguration configuration) {
    super(configuration, COMPLIANCE);
  }

  @Override
  public Connection newConnection(Connector connector, EndPoint endPoint) {
    return configure(
        new BodilessConnection(getHttpConfiguration(), connector, endPoint), connector, endPoint);
  }

  private static final class BodilessConnection extends HttpConnection {
    BodilessConnection(HttpConfiguration configuration, Connector connector, EndPoint endPoint) {
      super(configuration, connector, endPoint, COMPLIANCE, false);
    }

    // The constructor of the superclass calls the next two methods.

    @Override
    protected HttpChannelOverHttp newHttpChannel() {
      return new HeaderChecks(this, getConnector(), getHttpConfiguration(), getEndPoint());
    }

    @Override
    protected HttpParser newHttpParser(HttpCompliance compliance) {
      return new StrictParser(
          newRequestHandler(), getHttpConfiguration().getRequestHeaderSize(), compliance);
    }
  }

  /** Checks the headers one by one, while they are parsed. */
  private static final class HeaderChecks extends HttpChannelOverHttp {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._~:%\\[\\]-]*");

    private String method = "";
    private boolean hasHost;

    HeaderChecks(
        BodilessConnection connection,
        Connector connector,
        HttpConfiguration configuration,
        EndPoint endPoint) {
      super(connection, connector, configuration, endPoint, connection);
    }

    @Override
    public boolean startRequest(String method, String target, HttpVersion version) {
      this.method = method;
      this.hasHost = false;
      return super.startRequest(method, target, version);
    }

    /**
     * @throws BadMessageException if the request must be refused; the parser then sends the answer,
     *     and closes the connection
     */
    @Override
    public void parsedHeader(HttpField field) {
      HttpHeader header = field.getHeader();
      if (header == HttpHeader.TRANSFER_ENCODING
          || (header == HttpHeader.CONTENT_LENGTH && !"0".equals(field.getValue()))) {
        throw Refusal.ofBody(method);
      }
      if (header == HttpHeader.HOST) {
        if (hasHost || !HOST.matcher(field.getValue()).matches()) {
          throw Refusal.NOT_ONE_HOST.exception();
        }
        hasHost = true;
      }
      super.parsedHeader(field);
    }
  }
}
