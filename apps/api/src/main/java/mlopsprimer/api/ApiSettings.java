package mlopsprimer.api;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import mlopsprimer.api.routes.Query;
import mlopsprimer.contract.Ticker;
import mlopsprimer.settings.Problems;
import mlopsprimer.settings.SettingsException;

/** Everything that the API can be told, checked. */
record ApiSettings(Path store, InetSocketAddress address, Ticker ticker, double threshold) {

  /**
   * @throws SettingsException naming every option that is wrong
   */
  static ApiSettings of(ApiOptions options) {
    Problems problems = new Problems();
    Path store = problems.parse("--store", options.store, Path::of);
    InetAddress host = problems.parse("--host", options.host, ApiSettings::address);
    int port = problems.wholeNumber("--port", options.port, 0, 65_535);
    Ticker ticker = problems.parse("--ticker", options.ticker, Ticker::of);
    Double threshold = problems.parse("--threshold", options.threshold, Query::thresholdOf);
    problems.throwIfAny();
    return new ApiSettings(store, new InetSocketAddress(host, port), ticker, threshold);
  }

  private static InetAddress address(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "'%s' is no address of this machine; use 127.0.0.1 or 0.0.0.0".formatted(host), e);
    }
  }
}
