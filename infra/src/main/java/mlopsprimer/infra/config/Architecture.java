package mlopsprimer.infra.config;

import java.util.Locale;

/** The architecture that images are built for. */
public enum Architecture {
  /** The architecture of the machine that builds them. */
  AUTO,
  AMD64,
  ARM64;

  /** The name in the registry: amd64. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
