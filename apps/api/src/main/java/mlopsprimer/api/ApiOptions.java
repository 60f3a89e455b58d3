package mlopsprimer.api;

import picocli.CommandLine.Option;

/** The flags, as typed; {@link ApiSettings} checks them all at once. */
class ApiOptions {
  @Option(
      names = "--store",
      defaultValue = "models",
      description = "directory of the models (default: ${DEFAULT-VALUE})")
  String store;

  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      description = "address to listen on (default: ${DEFAULT-VALUE})")
  String host;

  @Option(
      names = "--port",
      defaultValue = "8080",
      description = "0 for any that is free (default: ${DEFAULT-VALUE})")
  String port;

  @Option(
      names = "--ticker",
      defaultValue = "SPY",
      description = "served where a request names none (default: ${DEFAULT-VALUE})")
  String ticker;

  @Option(
      names = "--threshold",
      defaultValue = "0.5",
      description = "UP if its probability is above this (default: ${DEFAULT-VALUE})")
  String threshold;
}
