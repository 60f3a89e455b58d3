package mlopsprimer.nodeprovider.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import mlopsprimer.nodeprovider.rpc.Log;
import mlopsprimer.nodeprovider.rpc.ResourceException;

/** Builds the image of one app from the sources: the jar with Maven, then the image with Jib. */
final class ImageBuild {
  private final ImageArgs args;
  private final BaseImage base;

  ImageBuild(ImageArgs args) {
    this.args = args;
    this.base = BaseImage.of(args.base());
  }

  /** Builds the jar with Maven, unless the existing jar was built from the same sources. */
  void jar(Log log) throws IOException, InterruptedException, ResourceException {
    if (Files.exists(jarFile()) && currentRecord().equals(storedRecord())) {
      return;
    }
    // Maven would keep a half-written jar of a build that was killed.
    Files.deleteIfExists(jarFile());
    MavenBuild.run(args.projectDirectory(), args.module(), log);
    requireSameSources();
    Files.writeString(recordFile(), currentRecord());
  }

  /**
   * Writes the image to its archive. The archive appears complete or not at all.
   *
   * @return the digest of the image
   */
  String image() throws Exception {
    Path archive = args.archive();
    Files.createDirectories(archive.getParent());
    Path part = Files.createTempFile(archive.getParent(), "image", ".part");
    try {
      String digest =
          new AppImage(base, jarFile(), moduleDirectory().resolve("jvm.options"))
              .write(args.reference(), part, args.projectDirectory().resolve("target/jib"));
      requireSameSources();
      Files.move(part, archive, StandardCopyOption.ATOMIC_MOVE);
      return digest;
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** Without this check, an image of edited sources would get the hash of the previous sources. */
  private void requireSameSources() throws IOException, ResourceException {
    if (!new SourceHash(args.projectDirectory()).of(args.module(), base).equals(args.hash())) {
      throw new ResourceException(
          "%s was edited while it was being built: run 'pulumi up' again".formatted(args.module()));
    }
  }

  private Path moduleDirectory() {
    return args.projectDirectory().resolve(args.module());
  }

  private Path jarFile() {
    return moduleDirectory()
        .resolve("target/%s.jar".formatted(Path.of(args.module()).getFileName()));
  }

  private Path recordFile() {
    return jarFile().resolveSibling("built-from");
  }

  private String storedRecord() throws IOException {
    return Files.exists(recordFile()) ? Files.readString(recordFile()) : "";
  }

  /** The hash of the sources and the digest of the jar, which another build may have replaced. */
  private String currentRecord() throws IOException {
    return args.hash() + " " + FileDigest.of(jarFile());
  }
}
