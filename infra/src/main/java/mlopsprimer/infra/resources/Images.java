package mlopsprimer.infra.resources;

import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.CustomResourceOptions;
import java.util.EnumMap;
import java.util.Map;
import mlopsprimer.infra.config.App;
import mlopsprimer.infra.config.Nodes;
import mlopsprimer.infra.config.StackConfig;
import mlopsprimer.infra.config.StackSettings;
import mlopsprimer.infra.nodeprovider.Image;
import mlopsprimer.infra.nodeprovider.NodeImport;

/**
 * The images of both apps. An image is built when its sources change, and imported on every node.
 */
public final class Images extends ComponentResource {
  private final Map<App, Image> images = new EnumMap<>(App.class);
  private final Map<App, NodeImport> imports = new EnumMap<>(App.class);

  public Images(StackConfig config, Nodes nodes, Cluster cluster) {
    super("mlops-primer:infra:Images", "images");
    CustomResourceOptions options =
        CustomResourceOptions.builder().parent(this).dependsOn(cluster.ownership()).build();
    for (App app : App.values()) {
      Image image =
          new Image(
              app.label(),
              new Image.Args(config.image(app), app.module(), config.get(StackSettings.BASE_IMAGE)),
              options);
      images.put(app, image);
      imports.put(
          app,
          new NodeImport(
              app.label(), new NodeImport.Args(image, nodes.names(), config.sshConfig()), options));
    }
    registerOutputs(Map.of());
  }

  public Image of(App app) {
    return images.get(app);
  }

  /**
   * The import of the app's image on the nodes. An object whose pods use the image depends on it.
   */
  NodeImport onNodes(App app) {
    return imports.get(app);
  }
}
