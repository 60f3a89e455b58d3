package mlopsprimer.contract;

/** Values that the images, the pods and the apps share. */
public final class AppPod {
  /** User id and group id of both apps in their containers. This user owns the model store. */
  public static final int USER_ID = 10_001;

  /** Path at which the pods mount the volume that holds the model store. */
  public static final String STORE_PATH = "/models";

  /** TCP port on which the API listens inside its pod. */
  public static final int HTTP_PORT = 8080;

  /** TCP port on which the API answers probes and serves its metrics inside its pod. */
  public static final int MANAGEMENT_PORT = 8081;

  /** Directory in an app's image that holds the app's jar and its jvm.options. */
  public static final String APP_PATH = "/app";

  /** Name of the file of a model in the model store. Each stored version has one. */
  public static final String MODEL_FILE = "model.bin";

  /** Path of the S3 server versitygw in its public image, and in the one that a stack builds. */
  public static final String S3_SERVER = "/usr/local/bin/versitygw";

  /**
   * Variable with the path of a file to which the trainer writes a {@link TrainingReport}.
   * Kubernetes copies the content of that file to the status of the pod when the pod ends.
   */
  public static final String REPORT_VARIABLE = "TERMINATION_MESSAGE_PATH";

  /** The path that the variable has in a pod: the default of Kubernetes. */
  public static final String REPORT_PATH = "/dev/termination-log";

  /** Variable with the name and tag of the trainer's image, which is a hash of its sources. */
  public static final String IMAGE_VARIABLE = "TRAINER_IMAGE";

  /** Variable in which an Indexed Job of Kubernetes gives each pod its number, from 0 on. */
  public static final String INDEX_VARIABLE = "JOB_COMPLETION_INDEX";

  private AppPod() {}
}
