package mlopsprimer.store;

import mlopsprimer.storage.StorageException;

/** An object of the store exists, but does not have the form that the store writes. */
public class UnreadableObjectException extends StorageException {
  private static final long serialVersionUID = 1L;

  /**
   * @param place where the object is, as {@link mlopsprimer.storage.Storage#describe} names it
   */
  UnreadableObjectException(String place, RuntimeException cause) {
    super(
        "unreadable object: path=%s cause=%s; restore it, or delete it and train again"
            .formatted(place, cause.getMessage()),
        cause);
  }
}
