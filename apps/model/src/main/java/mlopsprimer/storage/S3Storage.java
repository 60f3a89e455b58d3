package mlopsprimer.storage;

import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import mlopsprimer.contract.Sha256;
import mlopsprimer.contract.StorageLocation;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Objects of a bucket. The server compares: a put has the header {@code If-None-Match: *} or {@code
 * If-Match: TAG}. The tag is the ETag.
 *
 * <p>The SDK tries a call again after a lost or a bad answer. If a put happened and its answer was
 * lost, the second attempt finds the object of the first and gets status 412. Therefore a refused
 * put that needed several attempts is decided by reading the object: if its bytes are those of the
 * put, the put happened.
 *
 * <p>The server checks a put with the SHA-256 in its header, and the SDK checks a read with the
 * checksum that the server keeps.
 */
final class S3Storage implements Storage {
  private final StorageLocation.Bucket bucket;
  private final Supplier<S3Client> opening;
  private final S3Failures failures;

  /** Null before the first call. */
  private S3Client client;

  private S3Storage(
      StorageLocation.Bucket bucket, Supplier<S3Client> opening, S3Failures failures) {
    this.bucket = bucket;
    this.opening = opening;
    this.failures = failures;
  }

  /** Opens a storage with the credentials that the SDK's default chain finds. */
  static S3Storage open(StorageLocation.Bucket bucket, S3Options options) {
    return new S3Storage(
        bucket,
        () ->
            S3Connection.open(
                options, S3Timeouts.DEFAULT, DefaultCredentialsProvider.builder().build()),
        new S3Failures(options));
  }

  static S3Storage open(
      StorageLocation.Bucket bucket,
      S3Options options,
      S3Timeouts timeouts,
      AwsCredentialsProvider credentials) {
    return new S3Storage(
        bucket, () -> S3Connection.open(options, timeouts, credentials), new S3Failures(options));
  }

  /**
   * The client. The first call makes it, which takes up to a second of a core: a program that reads
   * in another thread does not wait for it when it starts. It is made again after a failure, such
   * as a file of profiles that cannot be read.
   */
  private synchronized S3Client client() {
    if (client == null) {
      client = opening.get();
    }
    return client;
  }

  @Override
  public Optional<StoredObject> read(String key, long mostBytes) {
    String place = describe(key);
    Optional<S3Body> body =
        attempt(
            "read",
            place,
            () -> {
              try {
                return Optional.of(
                    client()
                        .getObject(
                            get -> get.bucket(bucket.name()).key(inBucket(key)),
                            S3Body.atMost(mostBytes)));
              } catch (NoSuchKeyException e) {
                return Optional.empty();
              }
            });
    return body.map(
        answer ->
            new StoredObject(
                answer
                    .bytes()
                    .orElseThrow(() -> new TooLargeException(place, answer.size(), mostBytes)),
                requireTag(answer.tag(), place)));
  }

  @Override
  public Optional<String> putIfAbsent(String key, byte[] bytes) {
    return put(key, bytes, PutObjectRequest.builder().ifNoneMatch("*"));
  }

  @Override
  public Optional<String> putIfUnchanged(String key, byte[] bytes, String tag) {
    return put(key, bytes, PutObjectRequest.builder().ifMatch(tag));
  }

  private Optional<String> put(String key, byte[] bytes, PutObjectRequest.Builder condition) {
    PutObjectRequest request =
        condition
            .bucket(bucket.name())
            .key(inBucket(key))
            .checksumSHA256(Base64.getEncoder().encodeToString(Sha256.newDigest().digest(bytes)))
            .build();
    return attempt(
        "write",
        describe(key),
        () -> {
          try {
            return Optional.of(
                requireTag(
                    client().putObject(request, RequestBody.fromBytes(bytes)).eTag(),
                    describe(key)));
          } catch (S3Exception e) {
            if (!isConflict(e)) {
              throw e;
            }
            boolean mayHaveHappened = e.numAttempts() == null || e.numAttempts() > 1;
            return mayHaveHappened ? tagOfSameBytes(key, bytes) : Optional.empty();
          }
        });
  }

  private static boolean isConflict(S3Exception e) {
    return e.statusCode() == 412 || e instanceof NoSuchKeyException || S3Connection.isRace(e);
  }

  private Optional<String> tagOfSameBytes(String key, byte[] bytes) {
    try {
      return read(key, bytes.length)
          .filter(object -> Arrays.equals(object.bytes(), bytes))
          .map(StoredObject::tag);
    } catch (TooLargeException e) {
      return Optional.empty();
    }
  }

  @Override
  public List<Listed> list(String prefix) {
    String start = inBucket(StorageKey.checkedPrefix(prefix));
    int skipped = start.length() - prefix.length();
    return attempt(
        "list",
        describePrefix(start),
        () ->
            client()
                .listObjectsV2Paginator(list -> list.bucket(bucket.name()).prefix(start))
                .stream()
                .flatMap(page -> requireListing(page, start).contents().stream())
                .map(object -> listed(object, skipped))
                .filter(object -> StorageKey.isOne(object.key())) // some tools make directories
                .sorted(Comparator.comparing(Listed::key))
                .toList());
  }

  private Listed listed(S3Object object, int skipped) {
    String key = object.key().substring(skipped);
    return new Listed(key, requireTag(object.eTag(), describePrefix(object.key())), object.size());
  }

  /** Without this, the web page of a proxy would be an empty bucket. */
  private ListObjectsV2Response requireListing(ListObjectsV2Response page, String start) {
    if (page.name() == null && page.isTruncated() == null) {
      throw failures.strange(describePrefix(start), "it is no listing of a bucket");
    }
    return page;
  }

  private String describePrefix(String start) {
    return StorageLocation.SCHEME + bucket.name() + "/" + start;
  }

  /** A put without a tag would replace the object whatever it is. */
  private String requireTag(String tag, String place) {
    if (tag == null || tag.isEmpty()) {
      throw failures.strange(place, "it has no ETag");
    }
    return tag;
  }

  @Override
  public void delete(String key) {
    attempt(
        "delete",
        describe(key),
        () -> client().deleteObject(delete -> delete.bucket(bucket.name()).key(inBucket(key))));
  }

  @Override
  public String describe(String key) {
    return StorageLocation.SCHEME + bucket.name() + "/" + inBucket(StorageKey.checked(key));
  }

  private String inBucket(String key) {
    return bucket.prefix().isEmpty() ? key : bucket.prefix() + "/" + key;
  }

  private <T> T attempt(String verb, String place, Supplier<T> call) {
    try {
      return call.get();
    } catch (SdkException e) {
      throw failures.of(verb, place, e);
    }
  }

  @Override
  public synchronized void close() {
    if (client != null) {
      client.close();
    }
  }
}
