package mlopsprimer.nodeprovider.image;

import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import java.io.IOException;
import java.time.Instant;
import mlopsprimer.contract.AppPod;

/**
 * The content of an image: a base image, and mostly one more layer. The image contains no date and
 * no path of this machine, so that equal files give equal bytes.
 */
interface ImageContent {
  /** User id and group id of the program in the container. */
  String USER = AppPod.USER_ID + ":" + AppPod.USER_ID;

  /** The image that this one adds a layer to. */
  BaseImage base();

  /** Adds the layer and the entrypoint to the base image. */
  JibContainerBuilder onBase() throws IOException, InvalidImageReferenceException;

  /** The complete image. */
  default JibContainerBuilder container() throws IOException, InvalidImageReferenceException {
    return onBase().setUser(USER).setFormat(ImageFormat.Docker).setCreationTime(Instant.EPOCH);
  }
}
