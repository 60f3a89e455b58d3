package mlopsprimer.infra.config;

import java.util.List;
import java.util.Optional;
import mlopsprimer.contract.Problems;
import mlopsprimer.contract.Setting;
import mlopsprimer.contract.SettingValues;
import mlopsprimer.infra.config.StoreChoice.Kind;

/** The settings that do not fit together. */
final class Combinations {
  private final SettingValues values;
  private final Problems problems;

  private Combinations(SettingValues values, Problems problems) {
    this.values = values;
    this.problems = problems;
  }

  /** Records every problem of settings that do not fit together. */
  static void check(SettingValues values, Problems problems) {
    Combinations combinations = new Combinations(values, problems);
    combinations.checkService();
    combinations.checkImages();
    combinations.checkVolume();
    combinations.checkS3();
    combinations.checkMlflow();
  }

  private void checkService() {
    int most = values.get(ServiceSettings.API_MAX_REPLICAS);
    if (most > 0) {
      if (!store().isS3()) {
        refuse(
            ServiceSettings.API_MAX_REPLICAS,
            "a store on S3 is needed, because a volume binds the pods to its node; set store to"
                + " s3://BUCKET/PREFIX or s3-in-cluster, or apiMaxReplicas to 0");
      }
      if (most <= values.get(ServiceSettings.REPLICAS)) {
        refuse(
            ServiceSettings.API_MAX_REPLICAS,
            "a number above replicas is needed, which is %s, or 0"
                .formatted(values.get(ServiceSettings.REPLICAS)));
      }
    }
    if (values.get(ServiceSettings.SERVICE_TYPE) != ServiceType.NODE_PORT
        && isSet(ServiceSettings.NODE_PORT)) {
      refuse(
          ServiceSettings.NODE_PORT,
          "the service type NodePort is needed, and serviceType is %s; remove nodePort with 'pulumi"
                  .formatted(values.get(ServiceSettings.SERVICE_TYPE))
              + " config rm nodePort'");
    }
  }

  private void checkImages() {
    if (values.get(ImageSettings.IMAGE_REGISTRY).isEmpty()) {
      for (Setting<?> setting :
          List.of(ImageSettings.REGISTRY_CA, ImageSettings.IMAGE_PULL_SECRET)) {
        refuseIfSet(setting, "imageRegistry is needed, because without it no image is pulled");
      }
    }
    if (store().kind() != Kind.S3_IN_CLUSTER) {
      for (Setting<?> setting : List.of(StoreSettings.IMAGE, StoreSettings.BINARY)) {
        refuseIfSet(setting, "the store s3-in-cluster is needed");
      }
    }
  }

  private void checkVolume() {
    if (!store().needsVolume()) {
      refuseIfSet(
          StoreSettings.STORAGE_CLASS, "the store volume or s3-in-cluster is needed, not a bucket");
    }
    if (values.get(StoreSettings.STORAGE_CLASS).isEmpty()) {
      refuseIfSet(
          StoreSettings.ACCESS_MODE,
          "storageClass is needed, because only its volume has a choice");
    } else if (values.get(StoreSettings.KEEP_MODELS)) {
      refuse(
          StoreSettings.KEEP_MODELS,
          "a volume on a node is needed; with storageClass, use a class with the reclaim policy"
              + " Retain");
    }
  }

  private void checkS3() {
    requireBoth(StoreSettings.ACCESS_KEY, StoreSettings.SECRET_KEY, "a key");
    requireBoth(StoreSettings.READER_ACCESS_KEY, StoreSettings.READER_SECRET_KEY, "a key");
    if (store().kind() != Kind.S3) {
      StoreSettings.OF_BUCKET
          .settings()
          .forEach(setting -> refuseIfSet(setting, "the store s3://BUCKET/PREFIX is needed"));
      return;
    }
    boolean keys = values.get(StoreSettings.ACCESS_KEY).isPresent();
    boolean identity = values.get(StoreSettings.IDENTITY).isPresent();
    if (keys == identity) {
      refuse(
          StoreSettings.STORE,
          "%s needed: set s3AccessKey and s3SecretKey with 'pulumi config set --secret', or"
                  .formatted(keys ? "credentials of one kind are" : "credentials are")
              + " s3Identity for a role of the cloud");
    }
    if (!keys) {
      refuseIfSet(StoreSettings.READER_ACCESS_KEY, "s3AccessKey is needed, too");
    }
    if (!identity) {
      refuseIfSet(StoreSettings.READER_IDENTITY, "s3Identity is needed, too");
    }
  }

  private void checkMlflow() {
    MlflowChoice mlflow = values.get(MlflowSettings.MLFLOW);
    if (!mlflow.isOwn()) {
      MlflowSettings.OF_OWN_SERVER
          .settings()
          .forEach(setting -> refuseIfSet(setting, "mlflow must be true"));
    } else if (values.get(MlflowSettings.IMAGE).isEmpty()) {
      refuse(
          MlflowSettings.IMAGE,
          "an image is needed, because mlflow is true; docs/mlflow.md says how to find its digest");
    }
    if (mlflow.kind() != MlflowChoice.Kind.EXISTING) {
      MlflowSettings.OF_EXISTING_SERVER
          .settings()
          .forEach(setting -> refuseIfSet(setting, "mlflow must be the URL of a server"));
    }
    requireBoth(MlflowSettings.USERNAME, MlflowSettings.PASSWORD, "a value");
    if (isSet(MlflowSettings.USERNAME)) {
      refuseIfSet(MlflowSettings.TOKEN, "mlflowUsername must not be set, too");
    }
    if (mlflow.isOwn() && !store().needsVolume() && !isSet(MlflowSettings.BACKEND_STORE)) {
      refuse(
          MlflowSettings.MLFLOW,
          "a database is needed in mlflowBackendStore, because a stack with its store in a bucket"
              + " has no volume");
    }
    checkMlflowPort(values.get(MlflowSettings.NODE_PORT));
  }

  private void checkMlflowPort(Optional<Integer> port) {
    if (port.isPresent()
        && values.get(ServiceSettings.SERVICE_TYPE) == ServiceType.NODE_PORT
        && port.get().equals(values.get(ServiceSettings.NODE_PORT))) {
      refuse(MlflowSettings.NODE_PORT, "another port than nodePort is needed");
    }
    boolean nodesKnown =
        values.get(ImageSettings.IMAGE_REGISTRY).isEmpty()
            || (store().needsVolume() && values.get(StoreSettings.STORAGE_CLASS).isEmpty());
    if (port.isPresent() && !nodesKnown && values.get(MlflowSettings.HOSTS).isEmpty()) {
      refuse(
          MlflowSettings.NODE_PORT,
          "mlflowHosts is needed, because the stack does not know the addresses of the nodes; set"
              + " it to an address of a node and this port, such as 192.0.2.7:%d"
                  .formatted(port.get()));
    }
  }

  private void requireBoth(
      Setting<Optional<String>> one, Setting<Optional<String>> other, String wanted) {
    boolean oneIsSet = values.get(one).isPresent();
    if (oneIsSet != values.get(other).isPresent()) {
      problems.add(
          "%s is 'none': %s is needed, because %s is set",
          (oneIsSet ? other : one).key(), wanted, (oneIsSet ? one : other).key());
    }
  }

  private void refuseIfSet(Setting<?> setting, String need) {
    if (isSet(setting)) {
      refuse(setting, need);
    }
  }

  private void refuse(Setting<?> setting, String need) {
    boolean secret = StackSettings.SECRETS.settings().contains(setting);
    problems.add("%s is '%s': %s", setting.key(), secret ? "(hidden)" : text(setting), need);
  }

  private boolean isSet(Setting<?> setting) {
    return !values.get(setting).equals(setting.defaultValue());
  }

  private <T> String text(Setting<T> setting) {
    return values.textOf(setting);
  }

  private StoreChoice store() {
    return values.get(StoreSettings.STORE);
  }
}
