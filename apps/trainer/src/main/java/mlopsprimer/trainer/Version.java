package mlopsprimer.trainer;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** Version of the program. The build writes the version into the manifest of the jar. */
final class Version implements IVersionProvider {
  static String ofProgram() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("unpackaged");
  }

  @Override
  public String[] getVersion() {
    return new String[] {"trainer " + ofProgram()};
  }
}
