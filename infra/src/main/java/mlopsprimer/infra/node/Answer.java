package mlopsprimer.infra.node;

import com.pulumi.core.Output;
import com.pulumi.core.annotations.Import;
import com.pulumi.core.annotations.ResourceType;
import com.pulumi.resources.CustomResource;
import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ResourceArgs;

/** That a URL answers as it should; see node-provider's AnswerKind. */
@ResourceType(type = "primer:index:Answer")
public final class Answer extends CustomResource {
  public Answer(String name, Args args, CustomResourceOptions options) {
    super("primer:index:Answer", name, args, options);
  }

  /** What is asked, what must be in the answer, and what, when it changes, is asked again. */
  @SuppressWarnings("UnusedVariable") // the SDK reads them
  public static final class Args extends ResourceArgs {
    @Import(name = "url", required = true)
    private final Output<String> url;

    @Import(name = "contains", required = true)
    private final Output<String> contains;

    @Import(name = "of", required = true)
    private final Output<String> of;

    public Args(String url, String contains, Output<String> of) {
      this.url = Output.of(url);
      this.contains = Output.of(contains);
      this.of = of;
    }
  }
}
