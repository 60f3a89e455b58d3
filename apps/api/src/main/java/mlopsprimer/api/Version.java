package mlopsprimer.api;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** Version of the program. The build writes the version into the manifest of the jar. */
final class Version implements IVersionProvider {
  /** The version, or {@code unpackaged} if the program does not run from its jar. */
  static String ofProgram() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("unpackaged");
  }

  @Override
  public String[] getVersion() {
    return new String[] {"api " + ofProgram()};
  }
}
