package mlopsprimer.nodeprovider.image;

import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import java.io.IOException;
import java.nio.file.Path;
import mlopsprimer.contract.AppPod;

/**
 * The content of the image of the S3 server: one program, which needs no library.
 *
 * @param program the file of the program
 */
record ServerImage(BaseImage base, Path program) implements ImageContent {
  private static final FilePermissions EXECUTABLE = FilePermissions.fromOctalString("755");

  @Override
  public JibContainerBuilder onBase() throws IOException, InvalidImageReferenceException {
    return base.start()
        .addFileEntriesLayer(
            FileEntriesLayer.builder()
                .setName("program")
                .addEntry(program, AbsoluteUnixPath.get(AppPod.S3_SERVER), EXECUTABLE)
                .build())
        .setEntrypoint(AppPod.S3_SERVER);
  }
}
