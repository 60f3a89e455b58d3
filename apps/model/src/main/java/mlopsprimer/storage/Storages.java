package mlopsprimer.storage;

import mlopsprimer.contract.StorageLocation;

/** Opens a storage. */
public final class Storages {
  private Storages() {}

  /**
   * Opens the storage at a location. Nothing is read or written yet. The classes of the AWS SDK are
   * loaded for a bucket only.
   */
  public static Storage open(StorageLocation location, S3Options options) {
    if (location instanceof StorageLocation.Bucket bucket) {
      return S3Storage.open(bucket, options);
    }
    return new DirectoryStorage(((StorageLocation.Directory) location).path());
  }
}
