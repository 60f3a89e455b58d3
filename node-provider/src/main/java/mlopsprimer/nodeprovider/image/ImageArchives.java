package mlopsprimer.nodeprovider.image;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The archives of images in one checkout, and the digests of images that were pushed to a registry.
 * A path of an archive starts from the checkout's root, so that Pulumi's state stays right when the
 * checkout is moved.
 */
public final class ImageArchives {
  private static final String DIRECTORY = "target/images";

  private final Path checkout;

  private ImageArchives(Path checkout) {
    this.checkout = checkout;
  }

  public static ImageArchives of(Path checkout) {
    return new ImageArchives(checkout);
  }

  /** The path of an image's archive from the checkout's root. */
  String pathOf(String reference) {
    return "%s/%s.tar".formatted(DIRECTORY, fileName(reference));
  }

  /** The file of an archive. */
  Path file(String path) {
    return checkout.resolve(path);
  }

  /** The digest of a complete archive. The digest file is written after the archive. */
  Optional<String> digestOf(String path) throws IOException {
    return Files.isRegularFile(file(path)) && Files.isRegularFile(digestFile(path))
        ? Optional.of(Files.readString(digestFile(path)))
        : Optional.empty();
  }

  void complete(String path, String digest) throws IOException {
    Files.writeString(digestFile(path), digest);
  }

  /** The digest that an image had when it was pushed. */
  Optional<String> digestOfPushed(String reference) throws IOException {
    return Files.isRegularFile(pushedFile(reference))
        ? Optional.of(Files.readString(pushedFile(reference)))
        : Optional.empty();
  }

  void pushed(String reference, String digest) throws IOException {
    Files.createDirectories(pushedFile(reference).getParent());
    Files.writeString(pushedFile(reference), digest);
  }

  void deletePushed(String reference) throws IOException {
    Files.deleteIfExists(pushedFile(reference));
  }

  private Path pushedFile(String reference) {
    return checkout.resolve("%s/%s.pushed".formatted(DIRECTORY, fileName(reference)));
  }

  void delete(String path) throws IOException {
    Files.deleteIfExists(digestFile(path));
    Files.deleteIfExists(file(path));
  }

  /**
   * Deletes the archives of all versions of an image, and files that a killed build left.
   *
   * @param name name of the image without its tag
   */
  public void deleteAll(String name) throws IOException {
    Path directory = checkout.resolve(DIRECTORY);
    if (!Files.isDirectory(directory)) {
      return;
    }
    Pattern ofImage =
        Pattern.compile(
            Pattern.quote(fileName(name))
                + "-[0-9a-f]{12}([0-9]*\\.part|\\.tar(\\.digest)?|\\.pushed)");
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        if (ofImage.matcher(file.getFileName().toString()).matches()) {
          Files.delete(file);
        }
      }
    }
  }

  private Path digestFile(String path) {
    return file(path + ".digest");
  }

  /**
   * The part of a file name for an image: localhost/a/ml-api:0123456789ab is a-ml-api-0123456789ab.
   */
  private static String fileName(String image) {
    return image.replaceFirst("^[^/]*/", "").replaceAll("[/:]", "-");
  }
}
