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
 * same image is not built twice. An image that is pushed to a registry has no archive, and stays in
 * the registry when it is deleted here: other clusters may pull it.
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
    return "A container image of one app or program, in an archive or in a registry. Maven and Jib build the image from the sources of the checkout that the node-provider belongs to.";
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
    if (args.program() != null && !Files.isRegularFile(checkout.resolve(args.program()))) {
      problems.put(
          "program",
          checkout.resolve(args.program())
              + " does not exist: set s3Binary to the path of the program versitygw");
    }
    if (args.module() != null && args.program() != null) {
      problems.put("module", "a module or a program is needed, and not both");
    }
    Optional<Path> authority = args.registryCa(checkout);
    if (authority.isPresent() && !Files.isRegularFile(authority.get())) {
      problems.put(
          "registryCa",
          authority.get()
              + " does not exist: set registryCa to the PEM file of the registry's authority");
    }
    Optional<Path> base =
        Optional.ofNullable(args.base()).map(BaseImage::of).flatMap(BaseImage::archive);
    if (args.isComplete() && args.base() != null && base.isEmpty()) {
      problems.put(
          "module",
          "a module, a program, or a complete image in the archive tar:///FILE is needed");
    }
    if (base.isPresent() && !Files.isRegularFile(base.get())) {
      problems.put(
          "base",
          base.get()
              + " does not exist: set %s to an existing archive or to an image in a registry"
                  .formatted(args.isComplete() ? "mlflowImage" : "baseImage"));
    }
    return problems;
  }

  @Override
  public ImageArgs completed(ImageArgs args) throws IOException {
    boolean known = args.what() != null && args.base() != null;
    return args.withHash(known ? new SourceHash(checkout).of(args) : null);
  }

  @Override
  public String id(ImageState state) {
    return state.reference();
  }

  @Override
  public ImageState preview(ImageArgs args) throws IOException {
    if (args.name() == null || args.hash() == null) {
      return new ImageState(args, null, null, null, null);
    }
    String archive = archives.pathOf(args.reference());
    Optional<String> digest =
        args.isPushed() ? archives.digestOfPushed(args.reference()) : archives.digestOf(archive);
    if (digest.isPresent()) {
      return ImageState.of(args, digest.get(), args.isPushed() ? null : archive);
    }
    String image = args.isPushed() ? null : args.reference();
    return new ImageState(args, args.reference(), image, null, null);
  }

  @Override
  public ImageState create(ImageArgs args, Log log) throws Exception {
    return args.isPushed() ? push(args, log) : build(args, log);
  }

  private ImageState build(ImageArgs args, Log log) throws Exception {
    String archive = archives.pathOf(args.reference());
    Optional<String> digest = archives.digestOf(archive);
    if (digest.isPresent()) {
      log.info("%s is built already".formatted(args.reference()));
    } else {
      log.info("building " + args.reference());
      String built = new ImageBuild(checkout, args).toArchive(archives.file(archive), log);
      archives.complete(archive, built);
      digest = Optional.of(built);
    }
    return ImageState.of(args, digest.get(), archive);
  }

  /** Pushes an image, also if it was pushed before: only what the registry has not is sent. */
  private ImageState push(ImageArgs args, Log log) throws Exception {
    log.info("pushing " + args.reference());
    String digest = new ImageBuild(checkout, args).toRegistry(log);
    archives.pushed(args.reference(), digest);
    return ImageState.of(args, digest, null);
  }

  /**
   * Reports an image whose archive does not exist, or which the registry does not have, as gone, so
   * that the image is built or pushed again.
   */
  @Override
  public Optional<ImageState> read(ImageState state, Log log) throws Exception {
    if (!state.args().isPushed()) {
      return archives.digestOf(state.archive()).filter(state.digest()::equals).map(same -> state);
    }
    try {
      boolean there =
          RegistryLook.has(state.reference(), state.digest(), state.args().registryCa(checkout));
      return there ? Optional.of(state) : Optional.empty();
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) { // Jib throws exceptions of many types
      log.warn(
          "%s was not looked for in its registry, because of %s".formatted(state.reference(), e));
      return Optional.of(state);
    }
  }

  @Override
  public void delete(ImageState state, Log log) throws IOException {
    if (state.args().isPushed()) {
      log.info("%s stays in its registry".formatted(state.reference()));
      archives.deletePushed(state.reference());
    } else {
      archives.delete(state.archive());
    }
  }
}
