package mlopsprimer.nodeprovider.image;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import mlopsprimer.nodeprovider.rpc.ResourceException;

/**
 * Content of an app's image: the app's jar and its jvm.options in /app, on the base image. The
 * image holds no date and no path of this machine, so that the same jar gives the same bytes.
 *
 * @param jar the app's jar, with everything that it needs
 * @param options a file of arguments for java
 */
record AppImage(BaseImage base, Path jar, Path options) {
  private static final String DIRECTORY = "/app";

  /** User id and group id of the app in the container. */
  private static final String USER = "10001:10001";

  /**
   * Writes an archive that containerd can import. Jib does that without a Docker daemon.
   *
   * @param reference the name of the image in the archive
   * @param cache a directory for the layers, which later builds use again
   * @return the digest of the image
   */
  String write(String reference, Path archive, Path cache) throws Exception {
    Files.createDirectories(cache);
    try {
      return container()
          .containerize(
              Containerizer.to(TarImage.at(archive).named(reference))
                  .setOfflineMode(base.archive().isPresent())
                  .setBaseImageLayersCache(cache)
                  .setApplicationLayersCache(cache)
                  .setToolName("mlops-primer"))
          .getDigest()
          .toString();
    } catch (RegistryException | IOException | ExecutionException e) {
      throw new ResourceException(
          "%s cannot be built on %s: %s%nCheck the network; for a registry that needs a login, run 'docker login'; or set baseImage to an archive: tar:///FILE"
              .formatted(reference, base.name(), e.getMessage()),
          e);
    }
  }

  private JibContainerBuilder container() throws IOException, InvalidImageReferenceException {
    return base.start()
        .addLayer(List.of(options, jar), AbsoluteUnixPath.get(DIRECTORY))
        .setEntrypoint(
            "java",
            "@%s/%s".formatted(DIRECTORY, options.getFileName()),
            "-jar",
            "%s/%s".formatted(DIRECTORY, jar.getFileName()))
        .setUser(USER)
        .setWorkingDirectory(AbsoluteUnixPath.get(DIRECTORY))
        .setFormat(ImageFormat.Docker)
        .setCreationTime(Instant.EPOCH);
  }
}
