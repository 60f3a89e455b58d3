package mlopsprimer.trainer;

import java.io.Console;
import java.io.PrintStream;
import java.util.function.Consumer;

/** Progress bar of a training run. Nothing is printed if standard error is not a terminal. */
final class Progress implements Consumer<String>, AutoCloseable {
  private static final int STEPS = 8;
  private static final int WIDTH = 24;

  private final PrintStream terminal;
  private int done;
  private boolean closed;

  private Progress(PrintStream terminal) {
    this.terminal = terminal;
  }

  /** Progress bar on standard error, if standard error is a terminal. */
  static Progress onTerminal() {
    return new Progress(isTerminal() ? System.err : null);
  }

  // Since Java 22 the console is never null, and has the method isTerminal().
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isTerminal() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  @Override
  public synchronized void accept(String step) {
    done++;
    if (terminal != null && !closed) {
      int filled = Math.min(WIDTH, WIDTH * done / STEPS);
      terminal.printf("\r[%s%s] %-24s", "#".repeat(filled), ".".repeat(WIDTH - filled), step);
      terminal.flush();
    }
  }

  @Override
  public synchronized void close() {
    closed = true; // after a failure, other threads may still grow forests
    if (terminal != null && done > 0) {
      terminal.print("\r" + " ".repeat(WIDTH + 30) + "\r");
      terminal.flush();
    }
  }
}
