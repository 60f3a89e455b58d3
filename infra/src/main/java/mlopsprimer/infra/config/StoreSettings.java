package mlopsprimer.infra.config;

import java.nio.file.Path;
import java.util.Optional;
import mlopsprimer.contract.AppSettings;
import mlopsprimer.contract.BaseUrl;
import mlopsprimer.contract.Format;
import mlopsprimer.contract.NodePath;
import mlopsprimer.contract.Setting;
import mlopsprimer.contract.SettingGroup;

/** Where the models are kept, and how the pods reach them. */
public final class StoreSettings {
  private static final String KEY = "[A-Za-z0-9/+=._-]{3,128}";
  private static final String KEY_WANTED =
      "a key of 3 to 128 letters, digits and characters /+=._- only";
  private static final String ANNOTATION =
      "([a-z0-9][a-z0-9.-]{0,252}/)?[A-Za-z0-9][A-Za-z0-9._-]{0,62}=(?!\\S*://)\\S{1,500}";

  public static final Setting<StoreChoice> STORE =
      new Setting<>(
          "store",
          StoreChoice.FORMAT,
          "volume",
          "Where the models are kept: volume, s3://BUCKET/PREFIX for a bucket that exists, or"
              + " s3-in-cluster for an S3 server of the stack's own, which keeps them on a volume.");

  public static final Setting<String> STORAGE_PATH =
      new Setting<>(
          "storage-path",
          NodePath.format(),
          "/var/lib/mlops-primer",
          "Directory that holds the model store, on the first worker. It can be changed only after"
              + " 'pulumi destroy'.");

  public static final Setting<Memory> STORAGE_SIZE =
      new Setting<>(
          "storage-size",
          Memory.atLeast(1),
          "1Gi",
          "Size that the PersistentVolume of the model store declares. It can be changed only after"
              + " 'pulumi destroy'.");

  public static final Setting<Boolean> KEEP_MODELS =
      new Setting<>(
          "keep-models",
          Format.YES_OR_NO,
          "false",
          "Keep the model store on the node when the stack is destroyed. A change takes effect with"
              + " the next 'pulumi up', because 'pulumi destroy' reads no settings. The next 'pulumi"
              + " up' of the stack takes the kept models up again.");

  public static final Setting<Optional<String>> STORAGE_CLASS =
      new Setting<>(
          "storage-class",
          Word.objectOrNone("StorageClass"),
          Word.NONE,
          "StorageClass of the cluster that provisions the volume. With none, the volume is the"
              + " directory storagePath on the first worker. It can be changed only after 'pulumi"
              + " destroy'.");

  public static final Setting<AccessMode> ACCESS_MODE =
      new Setting<>(
          "access-mode",
          Word.oneOf(AccessMode.class),
          "ReadWriteOnce",
          "Access mode of a provisioned volume. With ReadWriteOnce, all pods that use the volume run on"
              + " one node. ReadWriteMany needs a storage class of a shared file system.");

  public static final Setting<Optional<BaseUrl>> ENDPOINT =
      new Setting<>(
          "s3-endpoint",
          Word.orNone(
              "a URL such as https://s3.example.com, without user, query and fragment",
              BaseUrl::of,
              BaseUrl::toString),
          Word.NONE,
          "URL of the S3 service. With none, it is that of Amazon in the region.");

  /** The setting of the apps, so that a region which they refuse is refused before the update. */
  public static final Setting<String> REGION = AppSettings.S3_REGION;

  public static final Setting<Optional<String>> ACCESS_KEY =
      new Setting<>(
          "s3-access-key",
          Word.matchingOrNone(KEY, KEY_WANTED),
          Word.NONE,
          "Access key of a user who can read and write the bucket. Set it with 'pulumi config set"
              + " --secret'.");

  public static final Setting<Optional<String>> SECRET_KEY =
      new Setting<>(
          "s3-secret-key",
          Word.matchingOrNone(KEY, KEY_WANTED),
          Word.NONE,
          "Secret key that belongs to s3AccessKey. Set it with 'pulumi config set --secret'.");

  public static final Setting<Optional<String>> READER_ACCESS_KEY =
      new Setting<>(
          "s3-reader-access-key",
          Word.matchingOrNone(KEY, KEY_WANTED),
          Word.NONE,
          "Access key of a user who can only read the bucket, for the API. With none, the API has"
              + " s3AccessKey.");

  public static final Setting<Optional<String>> READER_SECRET_KEY =
      new Setting<>(
          "s3-reader-secret-key",
          Word.matchingOrNone(KEY, KEY_WANTED),
          Word.NONE,
          "Secret key that belongs to s3ReaderAccessKey.");

  public static final Setting<Optional<String>> IDENTITY =
      new Setting<>(
          "s3-identity",
          Word.matchingOrNone(ANNOTATION, "an annotation of a ServiceAccount, NAME=VALUE"),
          Word.NONE,
          "Annotation that gives the pods the credentials of a role of the cloud, instead of s3AccessKey,"
              + " such as eks.amazonaws.com/role-arn=arn:aws:iam::111122223333:role/models.");

  public static final Setting<Optional<String>> READER_IDENTITY =
      new Setting<>(
          "s3-reader-identity",
          Word.matchingOrNone(ANNOTATION, "an annotation of a ServiceAccount, NAME=VALUE"),
          Word.NONE,
          "The same for the API, with a role that can only read the bucket. With none, the API has"
              + " s3Identity.");

  public static final Setting<Optional<String>> CIDR =
      new Setting<>(
          "s3-cidr",
          Word.orNone(
              "a range of IP addresses, such as 10.0.0.0/8", AddressRange::require, text -> text),
          Word.NONE,
          "IP addresses of the S3 service. The network policies let the pods connect to them only. With"
              + " none, the pods can connect to the service's port on any host.");

  public static final Setting<String> IMAGE =
      new Setting<>(
          "s3-image",
          Format.matching(
              "(%s|%s)".formatted(ImageSettings.BY_DIGEST, ImageSettings.BY_VERSION),
              "an image by its digest or its version, such as %s".formatted(Versions.s3Image())),
          Versions.s3Image(),
          "Image of the S3 server that s3-in-cluster runs. The nodes pull it.");

  public static final Setting<Optional<Path>> BINARY =
      new Setting<>(
          "s3-binary",
          Word.orNone(
              "a path of a file that is not a URL", Format.PATH.parse(), Format.PATH.print()),
          Word.NONE,
          "Path of the program versitygw for the nodes' architecture. If it is set, its image is built"
              + " on baseImage and reaches the nodes like those of the apps, and s3Image is not used.");

  static final SettingGroup ALL =
      SettingGroup.of(
          STORE,
          STORAGE_PATH,
          STORAGE_SIZE,
          KEEP_MODELS,
          STORAGE_CLASS,
          ACCESS_MODE,
          ENDPOINT,
          REGION,
          ACCESS_KEY,
          SECRET_KEY,
          READER_ACCESS_KEY,
          READER_SECRET_KEY,
          IDENTITY,
          READER_IDENTITY,
          CIDR,
          IMAGE,
          BINARY);

  /** The settings that only a bucket of an S3 service has. */
  static final SettingGroup OF_BUCKET =
      SettingGroup.of(
          ENDPOINT,
          REGION,
          ACCESS_KEY,
          SECRET_KEY,
          READER_ACCESS_KEY,
          READER_SECRET_KEY,
          IDENTITY,
          READER_IDENTITY,
          CIDR);

  /** The settings whose values no message repeats. */
  static final SettingGroup SECRETS =
      SettingGroup.of(ACCESS_KEY, SECRET_KEY, READER_ACCESS_KEY, READER_SECRET_KEY);

  private StoreSettings() {}
}
