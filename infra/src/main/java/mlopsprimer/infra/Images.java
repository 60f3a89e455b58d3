package mlopsprimer.infra;

import com.pulumi.resources.ComponentResource;
import com.pulumi.resources.CustomResourceOptions;
import java.util.Map;
import mlopsprimer.infra.nodeprovider.Image;
import mlopsprimer.infra.nodeprovider.NodeImport;

/** Both apps' images: built where their sources changed, and in the containerd of every node. */
final class Images extends ComponentResource {
  private final Image trainer;
  private final Image api;
  private final NodeImport trainerOnNodes;
  private final NodeImport apiOnNodes;

  Images(StackConfig config, Nodes nodes) {
    super("primer:infra:Images", "images");
    trainer = build(config, "trainer", "localhost/ml-train");
    api = build(config, "api", "localhost/ml-api");
    trainerOnNodes = load(config, nodes, "trainer", trainer);
    apiOnNodes = load(config, nodes, "api", api);
    registerOutputs(Map.of());
  }

  Image trainer() {
    return trainer;
  }

  Image api() {
    return api;
  }

  NodeImport trainerOnNodes() {
    return trainerOnNodes;
  }

  NodeImport apiOnNodes() {
    return apiOnNodes;
  }

  private Image build(StackConfig config, String app, String name) {
    return new Image(
        app,
        new Image.Args(name, "apps/" + app, config.checkout().toString(), config.baseImage()),
        CustomResourceOptions.builder().parent(this).build());
  }

  private NodeImport load(StackConfig config, Nodes nodes, String app, Image image) {
    return new NodeImport(
        app,
        new NodeImport.Args(image, nodes.names(), config.sshConfig().toString()),
        CustomResourceOptions.builder().parent(this).build());
  }
}
