package mlopsprimer.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import mlopsprimer.fixtures.MemoryStorage;
import mlopsprimer.fixtures.Models;
import mlopsprimer.forest.CorruptModelException;
import org.junit.jupiter.api.Test;

class AlteredModelTest {
  private final MemoryStorage storage = new MemoryStorage();
  private final TickerStore store = new ModelStore(storage).ticker(Models.TICKER);
  private final String version = Models.store(new StoreWriter(store), 1, Models.NOON);
  private final String key = store.keys().model(version);

  @Test
  void anyFlippedByteOfAModelIsRefused() {
    byte[] bytes = bytes(key);
    for (int i = 0; i < bytes.length; i++) {
      byte[] flipped = bytes.clone();
      flipped[i] ^= 0x10;
      overwrite(key, flipped);
      assertThatThrownBy(() -> store.load(version))
          .as("byte %d", i)
          .isInstanceOf(CorruptModelException.class)
          .hasMessageContaining("altered model");
    }
  }

  @Test
  void aModelTruncatedAtAnyLengthIsRefused() {
    byte[] bytes = bytes(key);
    for (int length = 0; length < bytes.length; length++) {
      overwrite(key, Arrays.copyOf(bytes, length));
      assertThatThrownBy(() -> store.load(version)).isInstanceOf(CorruptModelException.class);
    }
    storage.delete(key);
    assertThatThrownBy(() -> store.load(version)).isInstanceOf(CorruptModelException.class);
  }

  private byte[] bytes(String key) {
    return storage.read(key, Integer.MAX_VALUE).orElseThrow().bytes();
  }

  private void overwrite(String key, byte[] bytes) {
    storage.delete(key);
    storage.putIfAbsent(key, bytes);
  }
}
