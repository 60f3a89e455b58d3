package mlopsprimer.trainer.source;

import java.io.IOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import mlopsprimer.contract.Quote;
import mlopsprimer.contract.SettingsException;

/**
 * The proxy that the variables of the environment name: HTTPS_PROXY or https_proxy for https URLs,
 * http_proxy for http URLs, and NO_PROXY or no_proxy for hosts that need none. A proxy is reached
 * over plain HTTP. ALL_PROXY is not read. The JDK does not read any of these variables.
 */
final class EnvironmentProxy extends ProxySelector {
  private final Map<String, String> environment;

  /**
   * @throws SettingsException if a variable has another form than http://host:port
   */
  EnvironmentProxy(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
    proxyOf("https");
    proxyOf("http");
  }

  @Override
  public List<Proxy> select(URI url) {
    if (isExcepted(url.getHost())) {
      return List.of(Proxy.NO_PROXY);
    }
    return proxyOf(url.getScheme())
        .map(proxy -> new InetSocketAddress(proxy.getHost(), port(proxy)))
        .map(address -> List.of(new Proxy(Proxy.Type.HTTP, address)))
        .orElse(List.of(Proxy.NO_PROXY));
  }

  @Override
  public void connectFailed(URI url, SocketAddress address, IOException failure) {
    // YahooExchange reports the failure
  }

  /** Gives a proxy the user and the password that a variable has; empty if no variable has one. */
  Optional<Authenticator> authenticator() {
    List<URI> withUser =
        Stream.of("https", "http")
            .map(this::proxyOf)
            .flatMap(Optional::stream)
            .filter(proxy -> proxy.getUserInfo() != null)
            .toList();
    return withUser.isEmpty() ? Optional.empty() : Optional.of(new Users(withUser));
  }

  private static final class Users extends Authenticator {
    private final List<URI> proxies;

    Users(List<URI> proxies) {
      this.proxies = proxies;
    }

    @Override
    protected PasswordAuthentication getPasswordAuthentication() {
      return proxies.stream()
          .filter(
              proxy ->
                  getRequestorType() == RequestorType.PROXY
                      && proxy.getHost().equalsIgnoreCase(getRequestingHost())
                      && port(proxy) == getRequestingPort())
          .map(proxy -> proxy.getUserInfo().split(":", 2))
          .map(
              user ->
                  new PasswordAuthentication(
                      user[0], (user.length == 2 ? user[1] : "").toCharArray()))
          .findFirst()
          .orElse(null);
    }
  }

  private Optional<URI> proxyOf(String scheme) {
    // curl does not read HTTP_PROXY, because a request to a CGI program could set it.
    String name = scheme + "_proxy";
    Stream<String> names =
        scheme.equals("https") ? Stream.of(name, name.toUpperCase(Locale.ROOT)) : Stream.of(name);
    return names
        .map(environment::get)
        .filter(value -> value != null && !value.isBlank())
        .findFirst()
        .map(value -> parse(name, value.strip()));
  }

  private static URI parse(String name, String value) {
    try {
      URI proxy = URI.create(value.contains("://") ? value : "http://" + value);
      if ("http".equalsIgnoreCase(proxy.getScheme()) && proxy.getHost() != null) {
        return proxy;
      }
    } catch (IllegalArgumentException e) {
      throw unusable(name, value, e);
    }
    throw unusable(name, value, null);
  }

  private static SettingsException unusable(String name, String value, Exception cause) {
    SettingsException problem =
        new SettingsException(
            List.of(
                "%s is '%s'; a proxy of the form http://host:port is needed"
                    .formatted(name.toUpperCase(Locale.ROOT), Quote.withoutCredentials(value))));
    if (cause != null) {
      problem.initCause(cause);
    }
    return problem;
  }

  private static int port(URI proxy) {
    return proxy.getPort() > 0 ? proxy.getPort() : 80;
  }

  private boolean isExcepted(String host) {
    String list = environment.getOrDefault("no_proxy", environment.getOrDefault("NO_PROXY", ""));
    return Arrays.stream(list.split(","))
        .map(entry -> entry.strip().replaceFirst("^\\*?\\.", ""))
        .filter(entry -> !entry.isEmpty())
        .anyMatch(
            entry ->
                entry.equals("*")
                    || host.equalsIgnoreCase(entry)
                    || host.toLowerCase(Locale.ROOT)
                        .endsWith("." + entry.toLowerCase(Locale.ROOT)));
  }
}
