package mlopsprimer.nodeprovider;

import com.google.protobuf.Empty;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import mlopsprimer.nodeprovider.Engine.Log;
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
  private final Calls calls = new Calls();

  /**
   * Types and ids of what this update made or left as it was. A failed update leaves replaced
   * resources that are deleted at the end of the next one; if that came back to what was replaced,
   * the two have one id and are one thing, which must stay (pulumi issue 15982).
   */
  private final Set<String> wanted = ConcurrentHashMap.newKeySet();

  Provider(Map<String, Kind> kinds, Engine engine) {
    this.kinds = Map.copyOf(kinds);
    this.engine = engine;
  }

  @Override
  public void check(CheckRequest request, StreamObserver<CheckResponse> answer) {
    calls.answer(
        answer,
        () -> {
          try {
            Kind kind = kindOf(request.getUrn());
            Properties inputs = new Properties(request.getNews());
            Properties checked =
                request.getOlds().getFieldsCount() == 0
                    ? kind.check(inputs)
                    : kind.check(inputs, new Properties(request.getOlds()));
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
    calls.answer(
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
          List<String> replaces = changed.stream().filter(kind.replaces()::contains).toList();
          if (replaces.isEmpty()) {
            wanted.add(name(request.getUrn(), request.getId()));
          } else {
            wanted.remove(name(request.getUrn(), request.getId()));
          }
          return DiffResponse.newBuilder()
              .setChanges(
                  differs ? DiffResponse.DiffChanges.DIFF_SOME : DiffResponse.DiffChanges.DIFF_NONE)
              .addAllDiffs(changed)
              .addAllReplaces(replaces)
              .build();
        });
  }

  @Override
  public void create(CreateRequest request, StreamObserver<CreateResponse> answer) {
    calls.answer(
        answer,
        () -> {
          Kind kind = kindOf(request.getUrn());
          Properties inputs = new Properties(request.getProperties());
          if (request.getPreview()) {
            return CreateResponse.newBuilder().setProperties(kind.preview(inputs).struct()).build();
          }
          Properties state =
              Calls.whole(kind, () -> kind.create(inputs, engine.logOf(request.getUrn())));
          wanted.add(name(request.getUrn(), kind.idOf(state)));
          return CreateResponse.newBuilder()
              .setId(kind.idOf(state))
              .setProperties(state.struct())
              .build();
        });
  }

  @Override
  public void read(ReadRequest request, StreamObserver<ReadResponse> answer) {
    calls.answer(
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
    calls.answer(
        answer,
        () -> {
          Kind kind = kindOf(request.getUrn());
          Properties inputs = new Properties(request.getNews());
          Properties state = new Properties(request.getOlds());
          Properties updated =
              request.getPreview()
                  ? kind.previewUpdate(state, inputs)
                  : Calls.whole(
                      kind, () -> kind.update(state, inputs, engine.logOf(request.getUrn())));
          return UpdateResponse.newBuilder().setProperties(updated.struct()).build();
        });
  }

  @Override
  public void delete(DeleteRequest request, StreamObserver<Empty> answer) {
    calls.answer(
        answer,
        () -> {
          Log log = engine.logOf(request.getUrn());
          if (wanted.contains(name(request.getUrn(), request.getId()))) {
            log.info("%s stays: it is what is wanted again".formatted(request.getId()));
          } else {
            kindOf(request.getUrn()).delete(new Properties(request.getProperties()), log);
          }
          return Empty.getDefaultInstance();
        });
  }

  @Override
  public void configure(ConfigureRequest request, StreamObserver<ConfigureResponse> answer) {
    calls.answer(answer, () -> ConfigureResponse.newBuilder().setSupportsPreview(true).build());
  }

  @Override
  public void checkConfig(CheckRequest request, StreamObserver<CheckResponse> answer) {
    calls.answer(answer, () -> CheckResponse.newBuilder().setInputs(request.getNews()).build());
  }

  @Override
  public void diffConfig(DiffRequest request, StreamObserver<DiffResponse> answer) {
    calls.answer(
        answer,
        () -> DiffResponse.newBuilder().setChanges(DiffResponse.DiffChanges.DIFF_NONE).build());
  }

  @Override
  public void getPluginInfo(Empty request, StreamObserver<PluginInfo> answer) {
    calls.answer(answer, () -> PluginInfo.newBuilder().setVersion(VERSION).build());
  }

  @Override
  public void getSchema(GetSchemaRequest request, StreamObserver<GetSchemaResponse> answer) {
    calls.answer(
        answer,
        () ->
            GetSchemaResponse.newBuilder()
                .setSchema("{\"name\":\"primer\",\"version\":\"" + VERSION + "\"}")
                .build());
  }

  /** The user wants it to end: what is running is interrupted; the next update starts it anew. */
  @Override
  public void cancel(Empty request, StreamObserver<Empty> answer) {
    calls.answer(
        answer,
        () -> {
          ProcessHandle.current().descendants().forEach(ProcessHandle::destroy);
          calls.interruptOthers();
          return Empty.getDefaultInstance();
        });
  }

  private Kind kindOf(String urn) {
    String type = typeOf(urn);
    return Optional.ofNullable(kinds.get(type))
        .orElseThrow(() -> new IllegalArgumentException("no kind of resource is called " + type));
  }

  /** A URN is urn:pulumi:stack::project::parent$type::name. */
  private static String typeOf(String urn) {
    String types = urn.split("::", -1)[2];
    return types.substring(types.lastIndexOf('$') + 1);
  }

  private static String name(String urn, String id) {
    return typeOf(urn) + " " + id;
  }
}
