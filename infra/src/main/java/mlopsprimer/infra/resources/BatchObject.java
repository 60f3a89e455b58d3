package mlopsprimer.infra.resources;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Export;
import com.pulumi.core.annotations.Import;
import com.pulumi.core.annotations.ResourceType;
import com.pulumi.kubernetes.meta.v1.inputs.ObjectMetaArgs;
import com.pulumi.kubernetes.meta.v1.outputs.ObjectMeta;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;
import java.util.Map;

/**
 * A Job or a CronJob. The SDK's own classes lack the fields of Jobs that are newer than the SDK,
 * such as backoffLimitPerIndex. The plugin knows all fields of the cluster.
 */
class BatchObject extends CustomResource {
  private static final String VERSION = "batch/v1";

  @Export(
      name = "metadata",
      refs = {ObjectMeta.class},
      tree = "[0]")
  private Output<ObjectMeta> metadata;

  private BatchObject(String kind, String name, Args args, CustomResourceOptions options) {
    super("kubernetes:%s:%s".formatted(VERSION, kind), name, args, options);
  }

  /** The metadata that the cluster has, with the uid of the object. */
  Output<ObjectMeta> metadata() {
    return metadata;
  }

  /** A Job. */
  @ResourceType(type = "kubernetes:batch/v1:Job")
  static final class Job extends BatchObject {
    Job(
        String name,
        Output<ObjectMetaArgs> metadata,
        Map<String, Object> spec,
        CustomResourceOptions options) {
      super("Job", name, new Args("Job", metadata, spec), options);
    }
  }

  /** A CronJob. */
  @ResourceType(type = "kubernetes:batch/v1:CronJob")
  static final class CronJob extends BatchObject {
    CronJob(
        String name,
        ObjectMetaArgs metadata,
        Map<String, Object> spec,
        CustomResourceOptions options) {
      super("CronJob", name, new Args("CronJob", Output.of(metadata), spec), options);
    }
  }

  /** The manifest of the object. */
  @SuppressWarnings("UnusedVariable") // the SDK reads the fields
  private static final class Args extends ResourceArgs {
    @Import(name = "apiVersion", required = true)
    private final Output<String> apiVersion;

    @Import(name = "kind", required = true)
    private final Output<String> kind;

    @Import(name = "metadata", required = true)
    private final Output<ObjectMetaArgs> metadata;

    @Import(name = "spec", required = true)
    private final Output<Map<String, Object>> spec;

    Args(String kind, Output<ObjectMetaArgs> metadata, Map<String, Object> spec) {
      this.apiVersion = Output.of(VERSION);
      this.kind = Output.of(kind);
      this.metadata = metadata;
      this.spec = Output.of(spec);
    }
  }
}
