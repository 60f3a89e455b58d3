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
import mlopsprimer.contract.AppPod;
import mlopsprimer.nodeprovider.rpc.ResourceException;

/**
 * The content of an app's image. It is the base image with one more layer, which has the app's jar
 * and its jvm.options. The image contains no date and no path of this machine, so that equal jars
 * give equal bytes.
 *
 * @param jar the app's jar, which contains the libraries that the app needs
 * @param options the file jvm.options, which has arguments for java
 */
record AppImage(BaseImage base, Path jar, Path options) {
  private static final String DIRECTORY = AppPod.APP_PATH;

  /** User id and group id of the app in the container. */
  private static final String USER = AppPod.USER_ID + ":" + AppPod.USER_ID;

  /**
   * Writes the image to an archive that containerd can import. Jib needs no Docker daemon for this.
   *
   * @param reference the name of the image in the archive
   * @param cache a directory in which Jib keeps layers for later builds
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
          "%s cannot be built on the base image %s: %s%nCheck the network. If the registry needs a login, run 'docker login'. Without a registry, set baseImage to an image archive: tar:///FILE"
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
