package mlopsprimer.infra.config;

import java.nio.file.Path;
import java.util.Optional;
import mlopsprimer.contract.Format;
import mlopsprimer.contract.Setting;
import mlopsprimer.contract.SettingGroup;

/** How the images are built, and how they reach the nodes. */
public final class ImageSettings {
  private static final String HOST = "[A-Za-z0-9][A-Za-z0-9.-]*(:[0-9]+)?";
  private static final String PATH = "[a-z0-9]+([._/-]+[a-z0-9]+)*";
  private static final String DIGEST = "@sha256:[0-9a-f]{64}";

  /** An image by its digest. The tag may stand between them, and says the version. */
  static final String BY_DIGEST = "(%s/)?%s(:\\w[\\w.-]{0,127})?%s".formatted(HOST, PATH, DIGEST);

  /** An image by a tag that names a version. A tag such as latest or v1 moves. */
  static final String BY_VERSION =
      "(%s/)?%s:v?[0-9]+([.][0-9]+){2}[\\w.-]{0,99}".formatted(HOST, PATH);

  public static final Setting<String> BASE_IMAGE =
      new Setting<>(
          "base-image",
          Format.matching(
              "tar:///\\S+|" + BY_DIGEST,
              "tar:///FILE or an image by its digest, NAME@sha256:DIGEST"),
          Versions.baseImage(),
          "Base image of both apps' images, by its digest. Without a registry, use tar:///FILE, where"
              + " FILE is the path of an image archive.");

  public static final Setting<Optional<String>> IMAGE_REGISTRY =
      new Setting<>(
          "image-registry",
          Word.matchingOrNone(
              "(?=[^/]*[.:]|localhost/)%s/%s".formatted(HOST, PATH),
              "a registry and a path in it, such as registry.example.com/team/primer"),
          Word.NONE,
          "Registry that the images are pushed to, with the credentials of 'docker login', and a path"
              + " in it. The pods pull them by their digests. With none, the images are imported on"
              + " every node over SSH.");

  public static final Setting<Optional<Path>> REGISTRY_CA =
      new Setting<>(
          "registry-ca",
          Word.orNone(
              "a path of a file that is not a URL", Format.PATH.parse(), Format.PATH.print()),
          Word.NONE,
          "Path of a PEM file with the certificate authority of the registry, if this machine does not"
              + " trust it already. It is trusted for pushes to that registry only. The nodes have"
              + " trust of their own.");

  public static final Setting<Optional<String>> IMAGE_PULL_SECRET =
      new Setting<>(
          "image-pull-secret",
          Word.objectOrNone("Secret"),
          Word.NONE,
          "Name of a Secret of the type kubernetes.io/dockerconfigjson in the stack's namespace, with"
              + " which the nodes pull the images. docs/any-cluster.md has the commands that create"
              + " it.");

  public static final Setting<Architecture> IMAGE_ARCHITECTURE =
      new Setting<>(
          "image-architecture",
          Word.oneOf(Architecture.class),
          "auto",
          "Architecture of the nodes: amd64 or arm64. auto is the architecture of this machine.");

  static final SettingGroup ALL =
      SettingGroup.of(
          BASE_IMAGE, IMAGE_REGISTRY, REGISTRY_CA, IMAGE_PULL_SECRET, IMAGE_ARCHITECTURE);

  private ImageSettings() {}
}
