package mlopsprimer.nodeprovider.rpc;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps the messages of one resource. */
public final class RecordedLog implements Log {
  private final List<String> messages = new CopyOnWriteArrayList<>();
  private final List<String> warnings = new CopyOnWriteArrayList<>();

  @Override
  public void info(String message) {
    messages.add(message);
  }

  @Override
  public void warn(String message) {
    warnings.add(message);
  }

  public List<String> messages() {
    return messages;
  }

  public List<String> warnings() {
    return warnings;
  }
}
