package mlopsprimer.nodeprovider.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import mlopsprimer.nodeprovider.rpc.Log;
import mlopsprimer.nodeprovider.rpc.ResourceException;

/**
 * Builds an image and pushes it to a registry, without Pulumi. It prints the image by its digest.
 */
public final class PushMain {
  private static final int ARGUMENTS = 6;
  private static final String NONE = "-";

  private PushMain() {}

  /**
   * @param arguments the checkout, the name of the image without a tag, the Maven module or the
   *     program or a hyphen, the base image, the architecture, and the file of the registry's
   *     certificate authority or a hyphen
   */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length != ARGUMENTS) {
      System.err.println("usage: PushMain CHECKOUT NAME MODULE|PROGRAM|- BASE ARCHITECTURE CA|-");
      System.exit(2);
    }
    try {
      System.out.println(push(Path.of(arguments[0]).toAbsolutePath(), arguments));
    } catch (ResourceException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private static String push(Path checkout, String[] arguments) throws Exception {
    ImageResource images = new ImageResource(checkout);
    ImageArgs args = images.completed(args(checkout, arguments));
    Map<String, String> problems = images.problemsWith(args);
    if (!problems.isEmpty()) {
      throw new ResourceException(String.join("\n", problems.values()));
    }
    return images.create(args, new StandardError()).image();
  }

  private static ImageArgs args(Path checkout, String[] arguments) throws IOException {
    boolean complete = arguments[2].equals(NONE);
    boolean module = !complete && Files.isDirectory(checkout.resolve(arguments[2]));
    return new ImageArgs(
        arguments[1],
        module ? arguments[2] : null,
        module || complete ? null : arguments[2],
        arguments[3],
        true,
        arguments[5].equals(NONE) ? null : arguments[5],
        arguments[4],
        null);
  }

  /** Prints what Pulumi would show beside the resource. */
  private static final class StandardError implements Log {
    @Override
    public void info(String message) {
      System.err.println(message);
    }

    @Override
    public void warn(String message) {
      System.err.println(message);
    }
  }
}
