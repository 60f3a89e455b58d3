package mlopsprimer.e2e;

import static mlopsprimer.e2e.Shell.succeed;

/** The lab's stand-in for Yahoo, which does as it is told from the next request on. */
final class ChartServer {
  private static final String HOME = "\"${PULUMI_HOME%/*}\"/chart";

  private ChartServer() {}

  /** Words as lab/chart-server.py has them: {@code mode=429}, {@code withheld=1}. */
  static void tell(String words) {
    succeed("echo '%s' >%s/control".formatted(words, HOME));
  }

  static void stop() {
    succeed("pkill -f python3.*chart/chart-server");
  }

  /** Starts it again; settings stay. */
  static void start() {
    succeed("lab/prepare-stack.sh");
  }
}
