package mlopsprimer.infra.nodeprovider;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Export;
import com.pulumi.core.annotations.Import;
import com.pulumi.core.annotations.ResourceType;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;

/** An image of one app, which the node-provider builds. */
@ResourceType(type = "node-provider:index:Image")
public final class Image extends CustomResource {
  @Export(
      name = "reference",
      refs = {String.class},
      tree = "[0]")
  private Output<String> reference;

  @Export(
      name = "digest",
      refs = {String.class},
      tree = "[0]")
  private Output<String> digest;

  @Export(
      name = "archive",
      refs = {String.class},
      tree = "[0]")
  private Output<String> archive;

  public Image(String name, Args args, CustomResourceOptions options) {
    super("node-provider:index:Image", name, args, options);
  }

  /** The image's name and tag. The tag is a hash of the sources, known before the build. */
  public Output<String> reference() {
    return reference;
  }

  /** The digest of the image: sha256: and 64 hex digits. */
  public Output<String> digest() {
    return digest;
  }

  /** The path of the archive that contains the image, from the checkout's root. */
  public Output<String> archive() {
    return archive;
  }

  /** The app to build, and the base image to build on. */
  @SuppressWarnings("UnusedVariable") // the SDK reads the fields
  public static final class Args extends ResourceArgs {
    @Import(name = "name", required = true)
    private final Output<String> name;

    @Import(name = "module", required = true)
    private final Output<String> module;

    @Import(name = "base", required = true)
    private final Output<String> base;

    public Args(String name, String module, String base) {
      this.name = Output.of(name);
      this.module = Output.of(module);
      this.base = Output.of(base);
    }
  }
}
