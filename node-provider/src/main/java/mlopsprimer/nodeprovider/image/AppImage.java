package mlopsprimer.nodeprovider.image;

import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import mlopsprimer.contract.AppPod;

/**
 * The content of an app's image: the app's jar and its jvm.options.
 *
 * @param jar the app's jar, which contains the libraries that the app needs
 * @param options the file jvm.options, which has arguments for java
 */
record AppImage(BaseImage base, Path jar, Path options) implements ImageContent {
  private static final String DIRECTORY = AppPod.APP_PATH;

  @Override
  public JibContainerBuilder onBase() throws IOException, InvalidImageReferenceException {
    return base.start()
        .addLayer(List.of(options, jar), AbsoluteUnixPath.get(DIRECTORY))
        .setEntrypoint(
            "java",
            "@%s/%s".formatted(DIRECTORY, options.getFileName()),
            "-jar",
            "%s/%s".formatted(DIRECTORY, jar.getFileName()))
        .setWorkingDirectory(AbsoluteUnixPath.get(DIRECTORY));
  }
}
