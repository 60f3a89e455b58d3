package mlopsprimer.infra.nodeprovider;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Export;
import com.pulumi.core.annotations.Import;
import com.pulumi.core.annotations.ResourceType;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;
import java.util.Optional;

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
      name = "image",
      refs = {String.class},
      tree = "[0]")
  private Output<String> image;

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

  /**
   * The name by which a pod names the image: {@link #reference()} for an image that is imported on
   * the nodes, and the name with the digest for an image in a registry.
   */
  public Output<String> image() {
    return image;
  }

  /** What to build, the base image to build on, and where the image goes. */
  @SuppressWarnings("UnusedVariable") // the SDK reads the fields
  public static final class Args extends ResourceArgs {
    @Import(name = "name", required = true)
    private final Output<String> name;

    @Import(name = "module")
    private final Output<String> module;

    @Import(name = "program")
    private final Output<String> program;

    @Import(name = "base", required = true)
    private final Output<String> base;

    @Import(name = "push", required = true)
    private final Output<Boolean> push;

    @Import(name = "registryCa")
    private final Output<String> registryCa;

    @Import(name = "architecture", required = true)
    private final Output<String> architecture;

    private Args(String name, Output<String> module, Output<String> program, Target target) {
      this.name = Output.of(name);
      this.module = module;
      this.program = program;
      this.base = Output.of(target.base());
      this.push = Output.of(target.push());
      this.registryCa = target.registryCa().map(Output::of).orElse(null);
      this.architecture = Output.of(target.architecture());
    }

    /** The image of an app, which Maven builds. */
    public static Args ofModule(String name, String module, Target target) {
      return new Args(name, Output.of(module), null, target);
    }

    /** An image that is complete already, in the archive that is the base image of the target. */
    public static Args ofArchive(String name, Target target) {
      return new Args(name, null, null, target);
    }

    /** The image of one program. */
    public static Args ofProgram(String name, String program, Target target) {
      return new Args(name, null, Output.of(program), target);
    }
  }

  /**
   * What the images of a stack have in common.
   *
   * @param base base image
   * @param push whether the image is pushed to the registry that its name has
   * @param registryCa path of the registry's certificate authority, from the checkout's root
   * @param architecture amd64, arm64 or auto
   */
  public record Target(
      String base, boolean push, Optional<String> registryCa, String architecture) {
    /** The same with another base image. */
    public Target on(String otherBase) {
      return new Target(otherBase, push, registryCa, architecture);
    }
  }
}
