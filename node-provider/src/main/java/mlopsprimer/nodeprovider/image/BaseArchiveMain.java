package mlopsprimer.nodeprovider.image;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.TarImage;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Writes a base image to an archive. With that archive, the apps' images can be built without a
 * network.
 */
public final class BaseArchiveMain {
  private BaseArchiveMain() {}

  /**
   * @param arguments the base image, in the form of the setting {@code baseImage}, and the file to
   *     write
   */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length != 2) {
      System.err.println("usage: BaseArchiveMain IMAGE FILE");
      System.exit(2);
    }
    BaseImage.of(arguments[0])
        .start()
        .setCreationTime(Instant.EPOCH)
        .containerize(
            Containerizer.to(TarImage.at(Path.of(arguments[1])).named("localhost/base"))
                .setToolName("mlops-primer"));
  }
}
