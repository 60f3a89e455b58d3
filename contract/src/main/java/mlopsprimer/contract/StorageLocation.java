package mlopsprimer.contract;

import java.nio.file.Path;
import java.util.regex.Pattern;

/** Where a model store is: in a directory, or in a bucket of S3. */
public sealed interface StorageLocation {
  /** What the location of a bucket begins with. */
  String SCHEME = "s3://";

  /** A directory of this machine. */
  record Directory(Path path) implements StorageLocation {
    @Override
    public String toString() {
      return path.toString();
    }
  }

  /**
   * A part of a bucket.
   *
   * @param name name of the bucket: 3 to 63 lower-case letters, digits, dots and hyphens
   * @param prefix what every key in the bucket begins with: names with {@code /} between them, each
   *     of ASCII letters, digits and {@code . _ -}, and none with a dot at its start. Empty for the
   *     whole bucket.
   */
  record Bucket(String name, String prefix) implements StorageLocation {
    private static final Pattern NAME =
        Pattern.compile("(?!.*[.]{2})(?![0-9.]+$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern PREFIX =
        Pattern.compile(
            "(?=.{0,200}$)([A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*)?");

    /**
     * @throws IllegalArgumentException if the name or the prefix has another form
     */
    public Bucket {
      if (!NAME.matcher(name).matches()) {
        throw new IllegalArgumentException("not a name of a bucket: " + name);
      }
      if (!PREFIX.matcher(prefix).matches()) {
        throw new IllegalArgumentException("not a prefix of keys: " + prefix);
      }
    }

    @Override
    public String toString() {
      return SCHEME + name + (prefix.isEmpty() ? "" : "/" + prefix);
    }
  }

  /**
   * Parses {@code s3://BUCKET}, {@code s3://BUCKET/PREFIX} or the path of a directory. A slash at
   * the end of a prefix is left out.
   *
   * @throws IllegalArgumentException if the text is none of them
   */
  static StorageLocation of(String text) {
    if (!text.startsWith(SCHEME)) {
      return new Directory(path(text));
    }
    String[] parts = text.substring(SCHEME.length()).split("/", 2);
    String prefix = parts.length == 1 ? "" : parts[1];
    return new Bucket(
        parts[0], prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix);
  }

  private static Path path(String text) {
    if (text.isEmpty() || text.startsWith("s3:") || BaseUrl.isIn(text)) {
      // Another URL could hold a password.
      throw new IllegalArgumentException("neither a path nor a bucket such as s3://my-bucket");
    }
    return Path.of(text);
  }
}
