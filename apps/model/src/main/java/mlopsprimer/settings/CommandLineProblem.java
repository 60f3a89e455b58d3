package mlopsprimer.settings;

import java.util.List;
import mlopsprimer.contract.Quote;
import picocli.CommandLine.ParameterException;

/** The message about a command line that picocli refuses. */
public final class CommandLineProblem {
  private CommandLineProblem() {}

  /**
   * One line that says what is wrong and where to look. The line repeats no credentials, although
   * picocli's messages quote the arguments.
   *
   * @param arguments the whole command line
   */
  public static String describe(ParameterException failure, List<String> arguments) {
    String message = failure.getMessage();
    for (String argument : arguments) {
      String value = argument.substring(argument.indexOf('=') + 1);
      for (String quoted : List.of(argument, value)) {
        String shown = Quote.withoutCredentials(quoted);
        if (!shown.equals(quoted)) {
          message = message.replace(quoted, shown);
        }
      }
    }
    return "%s; see %s --help"
        .formatted(message, failure.getCommandLine().getCommandSpec().qualifiedName());
  }
}
