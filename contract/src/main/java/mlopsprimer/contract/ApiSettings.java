package mlopsprimer.contract;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The settings of the API. */
public final class ApiSettings {
  public static final Setting<Threshold> THRESHOLD =
      new Setting<>(
          "threshold",
          Format.THRESHOLD,
          "0.5",
          "A forecast says UP if its probability of UP is above this number.");

  public static final Setting<InetAddress> HOST =
      new Setting<>(
          "host",
          new Format<>(
              "an address of this machine, such as 127.0.0.1 or 0.0.0.0",
              ApiSettings::address,
              InetAddress::getHostAddress),
          "127.0.0.1",
          "Network address on which the API listens.");

  /** Value of the host with which the API listens on every address of the machine. */
  public static final InetAddress EVERY_ADDRESS = address("0.0.0.0");

  public static final Setting<Integer> PORT =
      new Setting<>(
          "port",
          Format.wholeNumber(0, 65_535),
          String.valueOf(AppPod.HTTP_PORT),
          "TCP port on which the API listens. With 0, the system chooses a free port.");

  public static final Setting<Integer> MANAGEMENT_PORT =
      new Setting<>(
          "management-port",
          Format.wholeNumber(0, 65_535),
          String.valueOf(AppPod.MANAGEMENT_PORT),
          "Second TCP port, which answers only health checks and metrics, whatever the load of the"
              + " first port. With 0, the system chooses a free port.");

  public static final Setting<CorsOrigin> CORS_ORIGIN =
      new Setting<>(
          "cors-origin",
          Format.of(
              "none, *, or an origin as browsers send it, such as https://example.com or"
                  + " http://localhost:3000",
              CorsOrigin::new),
          "none",
          "Origin whose pages may read the API's answers in a browser. With *, the pages of every"
              + " origin may.");

  /** The settings that a stack has too. The Pulumi program decides the other ones. */
  public static final SettingGroup OF_STACK =
      SettingGroup.of(AppSettings.TICKER, THRESHOLD, CORS_ORIGIN);

  /** All settings of the API. */
  public static final SettingGroup ALL =
      AppSettings.OF_STORAGE
          .and(SettingGroup.of(AppSettings.MLFLOW, HOST, PORT, MANAGEMENT_PORT))
          .and(OF_STACK);

  private ApiSettings() {}

  private static InetAddress address(String host) {
    // Another text would be sent to a name server, with a password if it is a URL that has one.
    if (!host.matches("[A-Za-z0-9.:%_-]+")) {
      throw new IllegalArgumentException("not an address: use one like 127.0.0.1");
    }
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("not an address: " + host, e);
    }
  }
}
