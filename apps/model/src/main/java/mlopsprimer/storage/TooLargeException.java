package mlopsprimer.storage;

/** An object is larger than its reader accepts. */
public class TooLargeException extends StorageException {
  private static final long serialVersionUID = 1L;

  private final long bytes;

  public TooLargeException(String place, long bytes, long most) {
    super(
        "object too large: path=%s bytes=%d most=%d; restore it, or delete it and train again"
            .formatted(place, bytes, most));
    this.bytes = bytes;
  }

  /** Size of the object. */
  public long bytes() {
    return bytes;
  }
}
