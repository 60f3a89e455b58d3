package mlopsprimer.nodeprovider.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import mlopsprimer.nodeprovider.rpc.Elapsed;
import mlopsprimer.nodeprovider.rpc.Log;
import mlopsprimer.nodeprovider.rpc.ResourceException;

/**
 * Builds one image. Maven builds the jar of an app from the sources, and Jib builds the image. The
 * jar is in a build directory of its own, because another Maven may write to the module's directory
 * target at any time.
 */
final class ImageBuild {
  private final Path checkout;
  private final ImageArgs args;
  private final ImageWriter writer;

  ImageBuild(Path checkout, ImageArgs args) {
    this.checkout = checkout;
    this.args = args;
    this.writer = new ImageWriter(args.reference(), checkout.resolve("target/jib"));
  }

  /**
   * Builds the jar, unless the existing jar was built from the same sources, and writes the image
   * to an archive. The archive appears complete or not at all.
   *
   * @return the digest of the image
   * @throws ResourceException if the module does not build, or was edited during the build
   */
  String toArchive(Path archive, Log log) throws Exception {
    try (MavenBuild maven = MavenBuild.alone(checkout, log)) {
      return toArchive(content(maven, log), archive, log);
    }
  }

  /**
   * Builds the jar like {@link #toArchive}, and pushes the image to its registry.
   *
   * @return the digest of the image
   * @throws ResourceException if the module does not build, was edited during the build, or cannot
   *     be pushed
   */
  String toRegistry(Log log) throws Exception {
    try (MavenBuild maven = MavenBuild.alone(checkout, log)) {
      ImageContent content = content(maven, log);
      long start = System.nanoTime();
      String digest = writer.toRegistry(content, args.registryCa(checkout));
      requireSameSources();
      requireCompleteJar();
      log.info(
          "%s has digest %s, pushed in %s"
              .formatted(args.reference(), digest, Elapsed.since(start)));
      return digest;
    }
  }

  private ImageContent content(MavenBuild maven, Log log) throws Exception {
    if (args.isComplete()) {
      return new CompleteImage(args.baseImage());
    }
    if (args.module() == null) {
      return new ServerImage(args.baseImage(), checkout.resolve(args.program()));
    }
    jar(maven, log);
    return new AppImage(args.baseImage(), jarFile(), moduleDirectory().resolve("jvm.options"));
  }

  private void jar(MavenBuild maven, Log log)
      throws IOException, InterruptedException, ResourceException {
    if (isJarComplete()) {
      return;
    }
    // If a build was killed, the jar may be incomplete, and Maven would not build it again.
    Files.deleteIfExists(jarFile());
    maven.run(args.module(), log);
    requireSameSources();
    Files.writeString(recordFile(), currentRecord());
  }

  private String toArchive(ImageContent content, Path archive, Log log) throws Exception {
    long start = System.nanoTime();
    Files.createDirectories(archive.getParent());
    String name = archive.getFileName().toString().replaceFirst("\\.tar$", "");
    Path part = Files.createTempFile(archive.getParent(), name, ".part");
    try {
      String digest = writer.toArchive(content, part);
      requireSameSources();
      requireCompleteJar();
      Files.move(part, archive, StandardCopyOption.ATOMIC_MOVE);
      log.info(
          "%s has digest %s and %d MiB, built in %s"
              .formatted(
                  args.reference(), digest, Files.size(archive) >> 20, Elapsed.since(start)));
      return digest;
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /**
   * Fails if the sources changed during the build. The image of the edited sources would otherwise
   * get the hash of the previous sources.
   */
  private void requireSameSources() throws IOException, ResourceException {
    if (!new SourceHash(checkout).of(args).equals(args.hash())) {
      throw new ResourceException(
          "%s was edited during its build: run 'pulumi up' again".formatted(args.what()));
    }
  }

  /** Fails if the jar is not the one that Maven completed. */
  private void requireCompleteJar() throws IOException, ResourceException {
    if (args.module() != null && !isJarComplete()) {
      throw new ResourceException(
          "%s was removed or changed before its image was complete: run 'pulumi up' again"
              .formatted(jarFile()));
    }
  }

  private boolean isJarComplete() throws IOException {
    return Files.exists(jarFile()) && currentRecord().equals(storedRecord());
  }

  private Path moduleDirectory() {
    return checkout.resolve(args.module());
  }

  private Path jarFile() {
    return moduleDirectory()
        .resolve(MavenBuild.DIRECTORY)
        .resolve("%s.jar".formatted(Path.of(args.module()).getFileName()));
  }

  private Path recordFile() {
    return jarFile().resolveSibling("built-from");
  }

  private String storedRecord() throws IOException {
    return Files.exists(recordFile()) ? Files.readString(recordFile()) : "";
  }

  /**
   * The hash of the sources and the SHA-256 of the jar. The jar counts too, because another build
   * may have replaced it.
   */
  private String currentRecord() throws IOException {
    return args.hash() + " " + FileDigest.of(jarFile());
  }
}
