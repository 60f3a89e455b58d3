package mlopsprimer.nodeprovider.rpc;

import com.google.protobuf.Empty;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
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

/** Serves Pulumi's provider protocol for the given resource types. */
public final class Provider extends ResourceProviderImplBase {
  private static final String NAME = "node-provider";
  private static final String VERSION = "1.0.0";

  private final Map<String, TypedResource<?, ?>> resources = new TreeMap<>();
  private final Engine engine;
  private final Calls calls = new Calls();

  /**
   * Types and ids of the resources that this update created, changed in place or left as they were.
   * Pulumi must not delete these resources at the end of the update. A failed update can leave a
   * replaced resource, which the next update deletes at its end. If the next update creates a
   * resource with the same id, that delete would remove the new resource, because both are the same
   * image, directory or rollout (pulumi issue 15982).
   */
  private final Set<String> madeOrKept = ConcurrentHashMap.newKeySet();

  /**
   * URNs of the resources that the program declares. Only they can be left as they were: a refresh,
   * also the refresh at the start of a destroy, compares every resource with itself, and declares
   * none.
   */
  private final Set<String> declared = ConcurrentHashMap.newKeySet();

  public Provider(List<ResourceType<?, ?>> types, Engine engine) {
    for (ResourceType<?, ?> type : types) {
      String token = "%s:index:%s".formatted(NAME, type.name());
      resources.put(token, new TypedResource<>(token, type));
    }
    this.engine = engine;
  }

  @Override
  public void check(CheckRequest request, StreamObserver<CheckResponse> answer) {
    calls.answer(
        answer,
        () -> {
          declared.add(request.getUrn());
          CheckResponse.Builder response = CheckResponse.newBuilder();
          try {
            PropertyMap inputs =
                resource(request.getUrn())
                    .check(new PropertyMap(request.getNews()), new PropertyMap(request.getOlds()));
            response.setInputs(inputs.struct());
          } catch (InvalidInputs e) {
            e.problems()
                .forEach(
                    (property, reason) ->
                        response.addFailures(
                            CheckFailure.newBuilder().setProperty(property).setReason(reason)));
          }
          return response.build();
        });
  }

  @Override
  public void diff(DiffRequest request, StreamObserver<DiffResponse> answer) {
    calls.answer(
        answer,
        () -> {
          TypedResource.Difference difference =
              resource(request.getUrn())
                  .diff(new PropertyMap(request.getOlds()), new PropertyMap(request.getNews()));
          String resource = typeAndId(request.getUrn(), request.getId());
          if (difference.replaces().isEmpty() && declared.contains(request.getUrn())) {
            madeOrKept.add(resource);
          } else {
            madeOrKept.remove(resource);
          }
          boolean same = difference.changed().isEmpty() && !difference.hasDrifted();
          return DiffResponse.newBuilder()
              .setChanges(
                  same ? DiffResponse.DiffChanges.DIFF_NONE : DiffResponse.DiffChanges.DIFF_SOME)
              .addAllDiffs(difference.changed())
              .addAllReplaces(difference.replaces())
              .build();
        });
  }

  @Override
  public void create(CreateRequest request, StreamObserver<CreateResponse> answer) {
    calls.answerUnlessCancelled(
        answer,
        () -> {
          TypedResource<?, ?> resource = resource(request.getUrn());
          PropertyMap inputs = new PropertyMap(request.getProperties());
          if (request.getPreview()) {
            return CreateResponse.newBuilder()
                .setProperties(resource.preview(inputs).struct())
                .build();
          }
          TypedResource.Created created = resource.create(inputs, engine.logOf(request.getUrn()));
          madeOrKept.add(typeAndId(request.getUrn(), created.id()));
          return CreateResponse.newBuilder()
              .setId(created.id())
              .setProperties(created.state().struct())
              .build();
        });
  }

  @Override
  public void read(ReadRequest request, StreamObserver<ReadResponse> answer) {
    calls.answer(
        answer,
        () -> {
          declared.remove(request.getUrn()); // a comparison after this read is that of a refresh
          Optional<PropertyMap> state =
              resource(request.getUrn())
                  .read(
                      request.getId(),
                      new PropertyMap(request.getProperties()),
                      engine.logOf(request.getUrn()));
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
    calls.answerUnlessCancelled(
        answer,
        () -> {
          TypedResource<?, ?> resource = resource(request.getUrn());
          PropertyMap inputs = new PropertyMap(request.getNews());
          PropertyMap before = new PropertyMap(request.getOlds());
          PropertyMap updated =
              request.getPreview()
                  ? resource.previewUpdate(before, inputs)
                  : resource.update(before, inputs, engine.logOf(request.getUrn()));
          return UpdateResponse.newBuilder().setProperties(updated.struct()).build();
        });
  }

  @Override
  public void delete(DeleteRequest request, StreamObserver<Empty> answer) {
    calls.answer(
        answer,
        () -> {
          Log log = engine.logOf(request.getUrn());
          if (madeOrKept.contains(typeAndId(request.getUrn(), request.getId()))) {
            log.info(
                "%s is not deleted, because this update created it again or left it as it was"
                    .formatted(request.getId()));
          } else {
            resource(request.getUrn()).delete(new PropertyMap(request.getProperties()), log);
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
                .setSchema(PackageSchema.of(NAME, VERSION, resources))
                .build());
  }

  /** Cancels the update at the user's request. It interrupts the running calls and ends Maven. */
  @Override
  public void cancel(Empty request, StreamObserver<Empty> answer) {
    calls.answer(
        answer,
        () -> {
          abort();
          return Empty.getDefaultInstance();
        });
  }

  /** Interrupts the running calls and ends Maven. */
  public void abort() {
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroy);
    calls.interruptOthers();
  }

  private TypedResource<?, ?> resource(String urn) throws ResourceException {
    String type = typeOf(urn);
    TypedResource<?, ?> resource = resources.get(type);
    if (resource == null) {
      throw new ResourceException(
          "the node-provider has no resource type %s; it has %s. Correct the type in the program, or use the version of this project that has the type"
              .formatted(type, String.join(", ", resources.keySet())));
    }
    return resource;
  }

  /** The type in a URN, whose form is urn:pulumi:stack::project::parent$type::name. */
  private static String typeOf(String urn) {
    String types = urn.split("::", -1)[2];
    return types.substring(types.lastIndexOf('$') + 1);
  }

  private static String typeAndId(String urn, String id) {
    return typeOf(urn) + " " + id;
  }
}
