package mlopsprimer.infra.resources;

import com.pulumi.core.Output;
import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mlopsprimer.infra.config.App;
import mlopsprimer.infra.config.ImageSettings;
import mlopsprimer.infra.config.MlflowSettings;
import mlopsprimer.infra.config.Nodes;
import mlopsprimer.infra.config.StackConfig;
import mlopsprimer.infra.config.StoreSettings;
import mlopsprimer.infra.nodeprovider.Image;
import mlopsprimer.infra.nodeprovider.NodeImport;

/**
 * The images of both apps, and that of the S3 server if the stack builds it. An image is built when
 * its sources change. It is pushed to a registry, or imported on every node.
 */
public final class Images extends ComponentResource {
  private final StackConfig config;
  private final Optional<Nodes> nodes;
  private final CustomResourceOptions options;
  private final Image.Target target;
  private final Map<App, Image> images = new EnumMap<>(App.class);
  private final Map<App, Resource> available = new EnumMap<>(App.class);
  private final List<Resource> serverAvailable = new ArrayList<>();
  private final Output<String> server;
  private final List<Resource> mlflowAvailable = new ArrayList<>();
  private final Output<String> mlflow;

  /**
   * @param nodes the nodes to import the images on; not used with a registry
   */
  public Images(StackConfig config, Optional<Nodes> nodes, Cluster cluster) {
    super("mlops-primer:infra:Images", "images");
    this.config = config;
    this.nodes = nodes;
    options = CustomResourceOptions.builder().parent(this).dependsOn(cluster.ownership()).build();
    target =
        new Image.Target(
            config.get(ImageSettings.BASE_IMAGE),
            config.get(ImageSettings.IMAGE_REGISTRY).isPresent(),
            config.file(ImageSettings.REGISTRY_CA),
            config.get(ImageSettings.IMAGE_ARCHITECTURE).toString());
    for (App app : App.values()) {
      Image image =
          new Image(
              app.label(),
              Image.Args.ofModule(config.image(app.label()), app.module(), target),
              options);
      images.put(app, image);
      available.put(app, available(app.label(), image));
    }
    server =
        config
            .file(StoreSettings.BINARY)
            .map(this::buildServer)
            .orElseGet(() -> Output.of(config.get(StoreSettings.IMAGE)));
    mlflow =
        config
            .mlflowArchive()
            .map(archive -> importMlflow())
            .orElseGet(() -> Output.of(config.get(MlflowSettings.IMAGE).orElse("")));
    registerOutputs(Map.of());
  }

  private Output<String> importMlflow() {
    String label = StackConfig.MLFLOW_IMAGE;
    Image image =
        new Image(
            label,
            Image.Args.ofArchive(
                config.image(label), target.on(config.get(MlflowSettings.IMAGE).orElseThrow())),
            options);
    mlflowAvailable.add(available(label, image));
    return image.image();
  }

  private Output<String> buildServer(String program) {
    String label = StackConfig.STORE_IMAGE;
    Image image =
        new Image(label, Image.Args.ofProgram(config.image(label), program, target), options);
    serverAvailable.add(available(label, image));
    return image.image();
  }

  private Resource available(String label, Image image) {
    return target.push()
        ? image
        : new NodeImport(
            label,
            new NodeImport.Args(image, nodes.orElseThrow().names(), config.cluster().sshConfig()),
            options);
  }

  public Image of(App app) {
    return images.get(app);
  }

  /**
   * The push or the import of the app's image. An object whose pods use the image depends on it.
   */
  Resource available(App app) {
    return available.get(app);
  }

  /** The image of the S3 server as a pod names it. */
  Output<String> server() {
    return server;
  }

  /** The image of the MLflow server as a pod names it; an empty text if the stack has none. */
  Output<String> mlflow() {
    return mlflow;
  }

  /** What must exist before a pod of the MLflow server is created. */
  List<Resource> mlflowAvailable() {
    return List.copyOf(mlflowAvailable);
  }

  /** What must exist before a pod of the S3 server is created. */
  List<Resource> serverAvailable() {
    return List.copyOf(serverAvailable);
  }
}
