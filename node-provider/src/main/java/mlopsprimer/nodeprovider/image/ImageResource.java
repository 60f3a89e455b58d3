package mlopsprimer.nodeprovider.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import mlopsprimer.nodeprovider.rpc.Log;
import mlopsprimer.nodeprovider.rpc.ResourceType;

/**
 * Resource type of an app's image. The tag of an image is a hash of its sources, so a change of a
 * source file gives another image. The archive of an image is kept in target/images, so that the
 * same image is not built twice.
 */
public final class ImageResource implements ResourceType<ImageArgs, ImageState> {
  private final Path checkout;
  private final ImageArchives archives;

  /**
   * @param checkout the root of the checkout whose sources are built
   */
  public ImageResource(Path checkout) {
    this.checkout = checkout;
    this.archives = ImageArchives.of(checkout);
  }

  @Override
  public String name() {
    return "Image";
  }

  @Override
  public String description() {
    return "A container image of one app, in an archive. Maven and Jib build the image from the sources of the checkout that the node-provider belongs to.";
  }

  @Override
  public Class<ImageArgs> args() {
    return ImageArgs.class;
  }

  @Override
  public Class<ImageState> state() {
    return ImageState.class;
  }

  @Override
  public Map<String, String> problemsWith(ImageArgs args) {
    Map<String, String> problems = new TreeMap<>();
    if (args.module() != null) {
      Path module = checkout.resolve(args.module());
      if (!Files.isRegularFile(module.resolve("pom.xml"))) {
        problems.put(
            "module",
            module + " is not a Maven module: use a module of the checkout, such as apps/api");
      }
    }
    Optional<Path> base =
        Optional.ofNullable(args.base()).map(BaseImage::of).flatMap(BaseImage::archive);
    if (base.isPresent() && !Files.isRegularFile(base.get())) {
      problems.put(
          "base",
          base.get()
              + " does not exist: set baseImage to an existing archive or to an image in a registry");
    }
    return problems;
  }

  @Override
  public ImageArgs completed(ImageArgs args) throws IOException {
    boolean known = args.module() != null && args.base() != null;
    return args.withHash(
        known ? new SourceHash(checkout).of(args.module(), BaseImage.of(args.base())) : null);
  }

  @Override
  public String id(ImageState state) {
    return state.reference();
  }

  @Override
  public ImageState preview(ImageArgs args) throws IOException {
    if (args.name() == null || args.hash() == null) {
      return new ImageState(args, null, null, null);
    }
    String archive = archives.pathOf(args.reference());
    Optional<String> digest = archives.digestOf(archive);
    return new ImageState(
        args, args.reference(), digest.orElse(null), digest.map(built -> archive).orElse(null));
  }

  @Override
  public ImageState create(ImageArgs args, Log log) throws Exception {
    String archive = archives.pathOf(args.reference());
    Optional<String> digest = archives.digestOf(archive);
    if (digest.isPresent()) {
      log.info("%s is built already".formatted(args.reference()));
    } else {
      log.info("building " + args.reference());
      String built = new ImageBuild(checkout, args, archives.file(archive)).run(log);
      archives.complete(archive, built);
      digest = Optional.of(built);
    }
    return new ImageState(args, args.reference(), digest.get(), archive);
  }

  /** Reports an image whose archive does not exist as gone, so that the image is built again. */
  @Override
  public Optional<ImageState> read(ImageState state, Log log) throws IOException {
    return archives.digestOf(state.archive()).filter(state.digest()::equals).map(digest -> state);
  }

  @Override
  public void delete(ImageState state, Log log) throws IOException {
    archives.delete(state.archive());
  }
}
