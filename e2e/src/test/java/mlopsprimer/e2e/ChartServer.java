package mlopsprimer.e2e;

import static mlopsprimer.e2e.Shell.succeed;

/** The lab's stand-in for Yahoo. A control file changes its answers from the next request on. */
final class ChartServer {
  private static final String HOME = "\"${PULUMI_HOME%/*}\"/chart";

  private ChartServer() {}

  /**
   * Writes the control file.
   *
   * @param words as lab/chart-server.py defines them, such as {@code mode=429} or {@code
   *     withheld=1}; empty for correct answers
   */
  static void control(String words) {
    succeed("echo '%s' >%s/control".formatted(words, HOME));
  }

  static void stop() {
    succeed("pkill -f python3.*chart/chart-server");
  }

  /** Starts the server again. The settings of the stack stay as they are. */
  static void start() {
    succeed("lab/prepare-stack.sh");
  }
}
