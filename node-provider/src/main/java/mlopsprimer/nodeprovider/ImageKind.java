package mlopsprimer.nodeprovider;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import mlopsprimer.nodeprovider.Engine.Log;

/**
 * An image of an app. Inputs: {@code name} (localhost/ml-api), {@code module} (apps/api), {@code
 * project} (the checkout) and {@code base} (tar:///FILE, or an image in a registry, by digest).
 * Outputs: {@code reference} (the name, and a hash of the sources as tag, known in a preview),
 * {@code digest} and {@code archive}. Another source file is another image; its archive is kept
 * under target/images, so that what was built once is not built again.
 */
final class ImageKind implements Kind {
  @Override
  public Properties check(Properties inputs) throws IOException, InvalidInputs {
    Map<String, String> problems =
        inputs.problemsWith(List.of("name", "module", "project", "base"), List.of(), List.of());
    if (problems.isEmpty()) {
      Path module = Path.of(inputs.text("project"), inputs.text("module"));
      if (!Files.isRegularFile(module.resolve("pom.xml"))) {
        problems.put(
            "module", module + " is no Maven module: name one of the checkout, such as apps/api");
      }
      Optional<Path> base = BaseImage.of(inputs.text("base")).archive();
      if (base.isPresent() && !Files.isRegularFile(base.get())) {
        problems.put(
            "base",
            base.get()
                + " does not exist: set baseImage to an archive that does, or to an image in a registry");
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidInputs(problems);
    }
    String hash =
        new Sources(Path.of(inputs.text("project")))
            .hash(inputs.text("module"), inputs.text("base"));
    return inputs.with("hash", hash);
  }

  @Override
  public Set<String> replaces() {
    // Of the project and the base, only what is in them counts, and the hash has that.
    return Set.of("name", "module", "hash");
  }

  @Override
  public String idOf(Properties state) {
    return state.text("reference");
  }

  @Override
  public Properties preview(Properties inputs) throws IOException {
    Properties state = inputs.with("reference", reference(inputs));
    Optional<String> digest = digestOf(archive(inputs));
    return digest.isPresent()
        ? state.with("digest", digest.get()).with("archive", archive(inputs).toString())
        : state.withUnknown("digest").withUnknown("archive");
  }

  @Override
  public Properties create(Properties inputs, Log log) throws Exception {
    Path archive = archive(inputs);
    String reference = reference(inputs);
    Optional<String> digest = digestOf(archive);
    if (digest.isPresent()) {
      log.info("%s is built already".formatted(reference));
    } else {
      String built = build(inputs, reference, archive, log);
      Files.writeString(record(archive), built);
      digest = Optional.of(built);
    }
    return inputs
        .with("reference", reference)
        .with("digest", digest.get())
        .with("archive", archive.toString());
  }

  private static String build(Properties inputs, String reference, Path archive, Log log)
      throws Exception {
    ImageBuild build =
        new ImageBuild(Path.of(inputs.text("project")), inputs.text("module"), inputs.text("base"));
    log.info("building " + reference);
    build.jar(inputs.text("hash"), log);
    long start = System.nanoTime();
    String digest = build.image(reference, inputs.text("hash"), archive);
    log.info(
        "%s is %s, %d MB, made in %s"
            .formatted(reference, digest, Files.size(archive) >> 20, Seconds.since(start)));
    return digest;
  }

  /** An image whose archive is gone is to be built again. */
  @Override
  public Optional<Properties> read(Properties state, Log log) throws IOException {
    return digestOf(Path.of(state.text("archive")))
        .filter(state.text("digest")::equals)
        .map(digest -> state);
  }

  @Override
  public Properties update(Properties state, Properties inputs, Log log) throws Exception {
    return create(inputs, log);
  }

  @Override
  public void delete(Properties state, Log log) throws IOException {
    Path archive = Path.of(state.text("archive"));
    Files.deleteIfExists(record(archive));
    Files.deleteIfExists(archive);
  }

  private static String reference(Properties inputs) {
    return inputs.text("name") + ":" + inputs.text("hash");
  }

  private static Path archive(Properties inputs) {
    String file = reference(inputs).replaceAll(".*/", "").replace(':', '-') + ".tar";
    return Path.of(inputs.text("project"), "target/images", file);
  }

  private static Path record(Path archive) {
    return archive.resolveSibling(archive.getFileName() + ".digest");
  }

  /** Of an archive that was written to its end; the record is written last. */
  private static Optional<String> digestOf(Path archive) throws IOException {
    return Files.isRegularFile(archive) && Files.isRegularFile(record(archive))
        ? Optional.of(Files.readString(record(archive)))
        : Optional.empty();
  }
}
