package mlopsprimer.infra.config;

import mlopsprimer.contract.Format;
import mlopsprimer.contract.StorageLocation;

/**
 * Where the stack keeps its models.
 *
 * @param location the bucket and the prefix as the apps name them, {@code s3://bucket/prefix};
 *     empty for a volume
 */
public record StoreChoice(Kind kind, String location) {
  /** The bucket of the S3 server that the stack runs itself. */
  public static final String OWN_BUCKET = "models";

  /** The kinds of stores. */
  public enum Kind {
    /** A volume that the pods of both apps mount. */
    VOLUME("volume"),
    /** An S3 server of the stack's own, which keeps the objects on a volume. */
    S3_IN_CLUSTER("s3-in-cluster"),
    /** A bucket of an S3 service that exists. */
    S3("s3://");

    private final String text;

    Kind(String text) {
      this.text = text;
    }
  }

  private static final String BUCKET = "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]";
  private static final String SEGMENT = "[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}";

  static final Format<StoreChoice> FORMAT =
      new Format<>(
          "volume, s3-in-cluster or s3://BUCKET/PREFIX", StoreChoice::of, StoreChoice::text);

  private static StoreChoice of(String text) {
    if (text.equals(Kind.VOLUME.text)) {
      return new StoreChoice(Kind.VOLUME, "");
    } else if (text.equals(Kind.S3_IN_CLUSTER.text)) {
      return new StoreChoice(Kind.S3_IN_CLUSTER, "s3://%s/primer".formatted(OWN_BUCKET));
    } else if (text.matches("s3://%s(/%s){1,5}".formatted(BUCKET, SEGMENT))) {
      StorageLocation.of(text); // refuses what the apps would refuse
      return new StoreChoice(Kind.S3, text);
    }
    throw new IllegalArgumentException("not a store: " + text);
  }

  private String text() {
    return kind == Kind.S3 ? location : kind.text;
  }

  /** Whether a volume holds the models, in the pods of the apps or in that of the S3 server. */
  public boolean needsVolume() {
    return kind != Kind.S3;
  }

  /** Whether the apps reach the models over S3. */
  public boolean isS3() {
    return kind != Kind.VOLUME;
  }
}
