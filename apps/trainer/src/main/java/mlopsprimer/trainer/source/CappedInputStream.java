package mlopsprimer.trainer.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import mlopsprimer.prices.BadDataException;

/** Refuses to read on where no daily prices could be: a century of them is 3 MB. */
final class CappedInputStream extends FilterInputStream {
  private static final long LARGEST = 64L << 20;

  private final String name;
  private long left = LARGEST;

  CappedInputStream(InputStream in, String name) {
    super(in);
    this.name = name;
  }

  @Override
  public int read() throws IOException {
    int one = super.read();
    count(one < 0 ? 0 : 1);
    return one;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    count(Math.max(read, 0));
    return read;
  }

  private void count(int read) {
    left -= read;
    if (left < 0) {
      throw new BadDataException(
          "too large for daily prices: path=%s is over %s MiB".formatted(name, LARGEST >> 20));
    }
  }
}
