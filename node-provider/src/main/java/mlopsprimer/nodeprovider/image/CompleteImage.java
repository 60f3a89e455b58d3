package mlopsprimer.nodeprovider.image;

import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.JibContainerBuilder;

/**
 * An image in an archive that gets a name of the stack, and no more layer.
 *
 * @param base the image in the archive
 */
record CompleteImage(BaseImage base) implements ImageContent {
  @Override
  public JibContainerBuilder onBase() throws InvalidImageReferenceException {
    return base.start();
  }
}
