package mlopsprimer.logging;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;

/**
 * Standard error of a program. The end of the program can close it with a last text, such as the
 * reason of a failure. Output of other threads comes before that text or is dropped: a thread may
 * still run, or fail, while the program ends.
 */
public final class StandardError extends OutputStream {
  private final OutputStream destination;
  private boolean inLine;
  private boolean ended;

  StandardError(OutputStream destination) {
    this.destination = destination;
  }

  /** Puts a new instance in the place of {@code System.err}. */
  public static StandardError install() {
    StandardError all = new StandardError(System.err);
    System.setErr(new PrintStream(all, true, UTF_8));
    return all;
  }

  /**
   * Prints a text and drops all output that follows. Only the first call has an effect.
   *
   * @param last lines, each with its line end; empty after a success
   */
  public synchronized void end(String last) {
    try {
      if (!ended && inLine && !last.isEmpty()) {
        write('\n');
      }
      write(last.getBytes(UTF_8));
      flush();
    } catch (IOException e) {
      // Standard error is closed, so nobody can be told.
    }
    ended = true;
  }

  @Override
  public synchronized void write(int character) throws IOException {
    write(new byte[] {(byte) character}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int from, int length) throws IOException {
    if (!ended && length > 0) {
      destination.write(bytes, from, length);
      byte last = bytes[from + length - 1];
      inLine = last != '\n' && last != '\r';
    }
  }

  @Override
  public synchronized void flush() throws IOException {
    destination.flush();
  }
}
