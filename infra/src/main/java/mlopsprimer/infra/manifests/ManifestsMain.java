package mlopsprimer.infra.manifests;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.LogManager;
import mlopsprimer.infra.config.InvalidConfig;

/**
 * Writes the manifests of a stack. scripts/manifests.sh runs it twice: the first time, it lists the
 * images to push.
 */
public final class ManifestsMain {
  private static final String USAGE =
      "usage: ManifestsMain CHECKOUT STACK-FILE images | CHECKOUT STACK-FILE write DIRECTORY IMAGE@DIGEST...";

  private ManifestsMain() {}

  /**
   * @param arguments the checkout, the stack's file, and a command with its arguments
   */
  public static void main(String[] arguments) throws IOException {
    LogManager.getLogManager().reset(); // the SDK logs the stack trace of a failure that is printed
    System.exit(run(List.of(arguments)));
  }

  private static int run(List<String> arguments) throws IOException {
    if (arguments.size() < 3) {
      System.err.println(USAGE);
      return 2;
    }
    try {
      Path checkout = Path.of(arguments.get(0));
      Manifests manifests =
          Manifests.read(checkout.resolve(arguments.get(1)), checkout, Clock.systemUTC());
      if (arguments.get(2).equals("images")) {
        manifests.images().forEach(System.out::println);
        return 0;
      }
      write(manifests, checkout, arguments.subList(3, arguments.size()));
      return 0;
    } catch (ManifestException | InvalidConfig e) {
      System.err.println("manifests: " + e.getMessage());
      return 2;
    }
  }

  private static void write(Manifests manifests, Path checkout, List<String> arguments)
      throws IOException {
    Map<String, String> images = new LinkedHashMap<>();
    for (String image : arguments.subList(1, arguments.size())) {
      int digest = image.indexOf("@sha256:");
      if (digest <= 0) {
        throw new ManifestException(
            "the image '%s' has no digest: name it as NAME@sha256:DIGEST".formatted(image));
      }
      images.put(image.substring(0, digest), image);
    }
    Path directory = checkout.resolve(arguments.get(0));
    List<String> secrets = manifests.write(directory, images);
    System.err.println("manifests: written to " + directory);
    for (String secret : secrets) {
      System.err.printf(
          "manifests: the pods need the Secret %s, which is not written: docs/any-cluster.md says how to create it%n",
          secret);
    }
  }
}
