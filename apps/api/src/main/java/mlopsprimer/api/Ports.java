package mlopsprimer.api;

import java.io.IOException;
import mlopsprimer.api.http.LimitedJetty;
import mlopsprimer.contract.ApiSettings;
import mlopsprimer.contract.Problems;
import mlopsprimer.contract.Setting;
import mlopsprimer.contract.SettingValues;
import mlopsprimer.contract.SettingsException;
import org.eclipse.jetty.server.ServerConnector;

/** Opens the two ports of a server. */
final class Ports {
  private Ports() {}

  /**
   * Opens the ports before anything else starts. Spark would open them in another thread and only
   * log a failure.
   *
   * @throws SettingsException with every problem, if a port cannot be opened
   */
  static void open(LimitedJetty jetty, SettingValues settings) {
    Problems problems = new Problems();
    int port = settings.get(ApiSettings.PORT);
    if (port != 0 && port == settings.get(ApiSettings.MANAGEMENT_PORT)) {
      problems.add(
          "--port and --management-port are both %d: two different ports are needed", port);
      problems.throwIfAny();
    }
    open(jetty.http(), ApiSettings.PORT, settings, problems);
    open(jetty.management(), ApiSettings.MANAGEMENT_PORT, settings, problems);
    if (!problems.found().isEmpty()) {
      jetty.http().close();
      jetty.management().close();
    }
    problems.throwIfAny();
  }

  private static void open(
      ServerConnector connector,
      Setting<Integer> setting,
      SettingValues settings,
      Problems problems) {
    try {
      connector.open();
    } catch (IOException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      problems.add(
          "cannot listen on %s:%d (%s); choose another --host or %s",
          settings.textOf(ApiSettings.HOST),
          settings.get(setting),
          cause.getMessage(),
          setting.flag());
    }
  }
}
