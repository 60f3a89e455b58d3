package mlopsprimer.nodeprovider;

import com.google.protobuf.Empty;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import pulumirpc.Plugin.PluginInfo;
import pulumirpc.Provider.CheckFailure;
import pulumirpc.Provider.CheckRequest;
import pulumirpc.Provider.CheckResponse;
import pulumirpc.Provider.ConfigureRequest;
import pulumirpc.Provider.ConfigureResponse;
import pulumirpc.Provider.CreateRequest;
import pulumirpc.Provider.CreateResponse;
import pulumirpc.Provider.DeleteRequest;
import pulumirpc.Provider.DiffRequest;
import pulumirpc.Provider.DiffResponse;
import pulumirpc.Provider.GetSchemaRequest;
import pulumirpc.Provider.GetSchemaResponse;
import pulumirpc.Provider.ReadRequest;
import pulumirpc.Provider.ReadResponse;
import pulumirpc.Provider.UpdateRequest;
import pulumirpc.Provider.UpdateResponse;
import pulumirpc.ResourceProviderGrpc.ResourceProviderImplBase;

/** Pulumi's provider protocol, for a few kinds of resources. */
final class Provider extends ResourceProviderImplBase {
  private static final String VERSION = "1.0.0";

  private final Map<String, Kind> kinds;
  private final Engine engine;

  Provider(Map<String, Kind> kinds, Engine engine) {
    this.kinds = Map.copyOf(kinds);
    this.engine = engine;
  }

  @Override
  public void check(CheckRequest request, StreamObserver<CheckResponse> answer) {
    respond(
        answer,
        () -> {
          try {
            Properties checked = kindOf(request.getUrn()).check(new Properties(request.getNews()));
            return CheckResponse.newBuilder().setInputs(checked.struct()).build();
          } catch (InvalidInputs e) {
            CheckResponse.Builder failures = CheckResponse.newBuilder();
            e.reasons()
                .forEach(
                    (property, reason) ->
                        failures.addFailures(
                            CheckFailure.newBuilder().setProperty(property).setReason(reason)));
            return failures.build();
          }
        });
  }

  @Override
  public void diff(DiffRequest request, StreamObserver<DiffResponse> answer) {
    respond(
        answer,
        () -> {
          Kind kind = kindOf(request.getUrn());
          Properties state = new Properties(request.getOlds());
          Properties inputs = new Properties(request.getNews());
          List<String> changed =
              inputs.struct().getFieldsMap().keySet().stream()
                  .filter(name -> !inputs.sameAs(state, name))
                  .sorted()
                  .toList();
          boolean differs = !changed.isEmpty() || kind.hasDrifted(state, inputs);
          return DiffResponse.newBuilder()
              .setChanges(
                  differs ? DiffResponse.DiffChanges.DIFF_SOME : DiffResponse.DiffChanges.DIFF_NONE)
              .addAllDiffs(changed)
              .addAllReplaces(changed.stream().filter(kind.replaces()::contains).toList())
              .build();
        });
  }

  @Override
  public void create(CreateRequest request, StreamObserver<CreateResponse> answer) {
    respond(
        answer,
        () -> {
          Kind kind = kindOf(request.getUrn());
          Properties inputs = new Properties(request.getProperties());
          if (request.getPreview()) {
            return CreateResponse.newBuilder().setProperties(kind.preview(inputs).struct()).build();
          }
          Properties state = kind.create(inputs, engine.logOf(request.getUrn()));
          return CreateResponse.newBuilder()
              .setId(kind.idOf(state))
              .setProperties(state.struct())
              .build();
        });
  }

  @Override
  public void read(ReadRequest request, StreamObserver<ReadResponse> answer) {
    respond(
        answer,
        () -> {
          Optional<Properties> state =
              kindOf(request.getUrn())
                  .read(new Properties(request.getProperties()), engine.logOf(request.getUrn()));
          return state
              .map(
                  found ->
                      ReadResponse.newBuilder()
                          .setId(request.getId())
                          .setInputs(request.getInputs())
                          .setProperties(found.struct())
                          .build())
              .orElse(ReadResponse.getDefaultInstance());
        });
  }

  @Override
  public void update(UpdateRequest request, StreamObserver<UpdateResponse> answer) {
    respond(
        answer,
        () -> {
          Kind kind = kindOf(request.getUrn());
          Properties inputs = new Properties(request.getNews());
          Properties state = new Properties(request.getOlds());
          Properties updated =
              request.getPreview()
                  ? kind.previewUpdate(state, inputs)
                  : kind.update(state, inputs, engine.logOf(request.getUrn()));
          return UpdateResponse.newBuilder().setProperties(updated.struct()).build();
        });
  }

  @Override
  public void delete(DeleteRequest request, StreamObserver<Empty> answer) {
    respond(
        answer,
        () -> {
          kindOf(request.getUrn())
              .delete(new Properties(request.getProperties()), engine.logOf(request.getUrn()));
          return Empty.getDefaultInstance();
        });
  }

  @Override
  public void configure(ConfigureRequest request, StreamObserver<ConfigureResponse> answer) {
    respond(answer, () -> ConfigureResponse.newBuilder().setSupportsPreview(true).build());
  }

  @Override
  public void checkConfig(CheckRequest request, StreamObserver<CheckResponse> answer) {
    respond(answer, () -> CheckResponse.newBuilder().setInputs(request.getNews()).build());
  }

  @Override
  public void diffConfig(DiffRequest request, StreamObserver<DiffResponse> answer) {
    respond(
        answer,
        () -> DiffResponse.newBuilder().setChanges(DiffResponse.DiffChanges.DIFF_NONE).build());
  }

  @Override
  public void getPluginInfo(Empty request, StreamObserver<PluginInfo> answer) {
    respond(answer, () -> PluginInfo.newBuilder().setVersion(VERSION).build());
  }

  @Override
  public void getSchema(GetSchemaRequest request, StreamObserver<GetSchemaResponse> answer) {
    respond(
        answer,
        () ->
            GetSchemaResponse.newBuilder()
                .setSchema("{\"name\":\"primer\",\"version\":\"" + VERSION + "\"}")
                .build());
  }

  /**
   * The user wants it to end: builds that are running are ended; the next update starts them anew.
   */
  @Override
  public void cancel(Empty request, StreamObserver<Empty> answer) {
    respond(
        answer,
        () -> {
          ProcessHandle.current().descendants().forEach(ProcessHandle::destroy);
          return Empty.getDefaultInstance();
        });
  }

  /** A URN is urn:pulumi:stack::project::parent$type::name. */
  private Kind kindOf(String urn) {
    String types = urn.split("::", -1)[2];
    String type = types.substring(types.lastIndexOf('$') + 1);
    return Optional.ofNullable(kinds.get(type))
        .orElseThrow(() -> new IllegalArgumentException("no kind of resource is called " + type));
  }

  private static <T> void respond(StreamObserver<T> answer, Callable<T> work) {
    T result;
    try {
      result = work.call();
    } catch (Exception e) {
      String message = e instanceof NodeException ? e.getMessage() : e.toString();
      answer.onError(Status.UNKNOWN.withDescription(message).withCause(e).asException());
      return;
    }
    answer.onNext(result);
    answer.onCompleted();
  }
}
