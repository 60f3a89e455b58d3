package mlopsprimer.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import mlopsprimer.storage.Storage.StoredObject;

/**
 * A program that adds 1 to the number in an object, again and again, and prints a dot for each
 * time.
 */
final class CountingProcess {
  static final String KEY = "champions/SPY.json";

  private CountingProcess() {}

  /**
   * @param args directory of the storage, and how often to add
   */
  public static void main(String[] args) {
    try (Storage storage = new DirectoryStorage(Path.of(args[0]))) {
      for (int done = 0; done < Integer.parseInt(args[1]); ) {
        StoredObject old = storage.read(KEY, 100).orElseThrow();
        int next = Integer.parseInt(new String(old.bytes(), UTF_8)) + 1;
        byte[] bytes = String.valueOf(next).getBytes(UTF_8);
        if (storage.putIfUnchanged(KEY, bytes, old.tag()).isPresent()) {
          done++;
          System.out.print('.');
          System.out.flush();
        }
      }
    }
  }
}
