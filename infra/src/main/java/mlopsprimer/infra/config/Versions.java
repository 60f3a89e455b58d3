package mlopsprimer.infra.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** The versions in cluster/versions.properties, which the build puts on the class path. */
public final class Versions {
  private static final String FILE = "/versions.properties";

  private Versions() {}

  /**
   * Version of the Kubernetes provider plugin. The newest SDK for Java is older than the plugin.
   */
  public static String kubernetesPlugin() {
    return get("PULUMI_KUBERNETES_PLUGIN_VERSION");
  }

  /** Base image of both apps' images, by its digest. */
  public static String baseImage() {
    return get("BASE_IMAGE");
  }

  /** Image of the S3 server, by its version. */
  public static String s3Image() {
    return get("S3_IMAGE");
  }

  private static String get(String key) {
    try (InputStream file = Versions.class.getResourceAsStream(FILE)) {
      Properties versions = new Properties();
      versions.load(file);
      return Objects.requireNonNull(versions.getProperty(key), key);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + FILE, e);
    }
  }
}
