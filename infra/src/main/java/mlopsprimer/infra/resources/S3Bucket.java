package mlopsprimer.infra.resources;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.pulumi.core.Output;
import com.pulumi.kubernetes.core.v1.ServiceAccount;
import com.pulumi.kubernetes.core.v1.ServiceAccountArgs;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.Resource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mlopsprimer.contract.BaseUrl;
import mlopsprimer.contract.Setting;
import mlopsprimer.contract.Sha256;
import mlopsprimer.infra.config.App;
import mlopsprimer.infra.config.StackConfig;
import mlopsprimer.infra.config.StoreSettings;

/**
 * A model store in a bucket that exists. The trainer has the credentials of a writer, and the API
 * those of a reader if the settings have them. Nothing deletes the objects when the stack is
 * destroyed.
 */
final class S3Bucket extends ComponentResource implements Store {
  static final String WRITER = "store-writer";
  static final String READER = "store-reader";

  private final StackConfig config;
  private final Cluster cluster;
  private final List<Resource> ready = new ArrayList<>();
  private final Map<App, S3Access> access = new EnumMap<>(App.class);

  S3Bucket(StackConfig config, Cluster cluster) {
    super("mlops-primer:infra:S3Bucket", "store");
    this.config = config;
    this.cluster = cluster;
    access.put(
        App.TRAINER,
        access(WRITER, StoreSettings.ACCESS_KEY, StoreSettings.SECRET_KEY, StoreSettings.IDENTITY));
    boolean ownReader =
        isSet(StoreSettings.READER_ACCESS_KEY) || isSet(StoreSettings.READER_IDENTITY);
    access.put(
        App.API,
        ownReader
            ? access(
                READER,
                StoreSettings.READER_ACCESS_KEY,
                StoreSettings.READER_SECRET_KEY,
                StoreSettings.READER_IDENTITY)
            : access.get(App.TRAINER));
    registerOutputs(Map.of());
  }

  private boolean isSet(Setting<? extends Optional<?>> setting) {
    return config.get(setting).isPresent();
  }

  private S3Access access(
      String name,
      Setting<Optional<String>> accessKey,
      Setting<Optional<String>> secretKey,
      Setting<Optional<String>> identity) {
    Optional<CredentialsSecret> secret =
        config.get(accessKey).map(key -> secret(name, key, config.get(secretKey).orElseThrow()));
    secret.ifPresent(made -> ready.add(made.secret()));
    Optional<String> account = config.get(identity).map(role -> serviceAccount(name, role));
    return new S3Access(
        config.get(StoreSettings.ENDPOINT).map(BaseUrl::toString),
        config.get(StoreSettings.REGION),
        secret,
        Output.of(
            config
                .get(accessKey)
                .map(key -> fingerprint(key, config.get(secretKey).orElseThrow()))
                .orElse("")),
        account);
  }

  private CredentialsSecret secret(String name, String accessKey, String secretKey) {
    return new CredentialsSecret(
        name, Output.ofSecret(accessKey), Output.ofSecret(secretKey), cluster, this);
  }

  private static String fingerprint(String accessKey, String secretKey) {
    return Sha256.hex((accessKey + "\n" + secretKey).getBytes(UTF_8)).substring(0, 12);
  }

  /**
   * @param role annotation of the ServiceAccount, NAME=VALUE
   * @return the name of the ServiceAccount
   */
  private String serviceAccount(String name, String role) {
    int equals = role.indexOf('=');
    ready.add(
        new ServiceAccount(
            name,
            ServiceAccountArgs.builder()
                .metadata(
                    cluster
                        .objects()
                        .metadata(
                            name,
                            Labels.of("store"),
                            Map.of(role.substring(0, equals), role.substring(equals + 1))))
                .automountServiceAccountToken(false)
                .build(),
            cluster.optionsBuilder(this).dependsOn(cluster.namespace()).build()));
    return name;
  }

  @Override
  public List<Resource> ready() {
    return List.copyOf(ready);
  }

  @Override
  public PodStore of(App app) {
    return access.get(app).pod();
  }

  @Override
  public Optional<S3Access> bucket() {
    return Optional.of(access.get(App.TRAINER));
  }

  @Override
  public Output<String> location() {
    return Output.of(config.store().location());
  }

  @Override
  public Output<String> generation() {
    return Output.of("");
  }
}
