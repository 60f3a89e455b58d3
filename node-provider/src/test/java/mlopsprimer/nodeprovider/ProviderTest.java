package mlopsprimer.nodeprovider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.Empty;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.StatusProto;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import pulumirpc.Provider.CheckRequest;
import pulumirpc.Provider.CreateRequest;
import pulumirpc.Provider.DeleteRequest;
import pulumirpc.Provider.DiffRequest;
import pulumirpc.Provider.DiffResponse;
import pulumirpc.Provider.DiffResponse.DiffChanges;
import pulumirpc.Provider.ErrorResourceInitFailed;
import pulumirpc.Provider.ReadRequest;
import pulumirpc.Provider.UpdateRequest;
import pulumirpc.ResourceProviderGrpc;
import pulumirpc.ResourceProviderGrpc.ResourceProviderBlockingStub;

/** The calls that Pulumi's engine makes, over a real connection, in the order it makes them. */
class ProviderTest {
  private static final String URN = "urn:pulumi:dev::mlops-primer::a:b:Parent$primer:index:Box::it";
  private static final String UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

  private final Boxes boxes = new Boxes();
  private Server server;
  private ManagedChannel channel;
  private ResourceProviderBlockingStub engine;

  @BeforeEach
  void start() throws Exception {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(new Provider(Map.of("primer:index:Box", boxes), Engine.none()))
            .build()
            .start();
    channel = NettyChannelBuilder.forAddress("127.0.0.1", server.getPort()).usePlaintext().build();
    engine = ResourceProviderGrpc.newBlockingStub(channel);
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  @Test
  void inputsThatAreWrongAreToldByTheirNames() {
    var checked = engine.check(CheckRequest.newBuilder().setUrn(URN).build());

    assertThat(checked.getFailuresList())
        .singleElement()
        .satisfies(
            failure -> {
              assertThat(failure.getProperty()).isEqualTo("tag");
              assertThat(failure.getReason()).isEqualTo("a text is needed");
            });
  }

  @Test
  void whatCannotChangeIsRefusedOnceTheResourceIsThere() {
    CheckRequest moved =
        CheckRequest.newBuilder().setUrn(URN).setNews(inputs("fixed", "b")).build();

    assertThat(engine.check(moved).getFailuresList()).isEmpty();
    assertThat(
            engine.check(moved.toBuilder().setOlds(inputs("fixed", "a")).build()).getFailuresList())
        .extracting(failure -> failure.getProperty())
        .containsExactly("color");
  }

  @Test
  void aTagIsAnotherResourceAndAColorIsNot() {
    DiffResponse same = diff("a", inputs("a", "red"), inputs("a", "red"));
    assertThat(same.getChanges()).isEqualTo(DiffChanges.DIFF_NONE);

    DiffResponse color = diff("a", inputs("a", "red"), inputs("a", "blue"));
    assertThat(color.getChanges()).isEqualTo(DiffChanges.DIFF_SOME);
    assertThat(color.getDiffsList()).containsExactly("color");
    assertThat(color.getReplacesList()).isEmpty();

    DiffResponse tag = diff("a", inputs("a", "red"), inputs("b", "red"));
    assertThat(tag.getReplacesList()).containsExactly("tag");
    assertThat(diff("a", inputs("a", "red"), inputs(UNKNOWN, "red")).getReplacesList())
        .as("not known yet")
        .containsExactly("tag");
  }

  @Test
  void aPreviewMakesNothing() {
    CreateRequest create =
        CreateRequest.newBuilder().setUrn(URN).setProperties(inputs("a", "red")).build();

    assertThat(engine.create(create.toBuilder().setPreview(true).build()).getProperties())
        .isEqualTo(new Properties(inputs("a", "red")).withUnknown("made").struct());
    assertThat(boxes.calls).isEmpty();

    assertThat(engine.create(create).getId()).isEqualTo("a");
    assertThat(boxes.calls).containsExactly("create a");
  }

  @Test
  void whatIsGoneHasNoId() {
    assertThat(read("a").getId()).isEqualTo("a");
    boxes.gone = true;
    assertThat(read("a").getId()).isEmpty();
  }

  /**
   * Replaced by b in an update that then failed, and wanted again in the next: a is created, and at
   * the end the a of before is deleted, which is the same.
   */
  @Test
  void whatIsWantedAgainIsNotDeletedForHavingBeenReplaced() {
    diff("b", inputs("b", "red"), inputs("a", "red"));
    create("a");
    delete("b");
    delete("a");

    assertThat(boxes.calls).containsExactly("create a", "delete b");
  }

  @Test
  void whatIsLeftAsItWasIsNotDeletedEither() {
    diff("a", inputs("a", "red"), inputs("a", "red"));
    delete("a");

    assertThat(boxes.calls).isEmpty();
  }

  @Test
  void destroyDeletes() {
    delete("a");

    assertThat(boxes.calls).containsExactly("delete a");
  }

  @Test
  void whatFailedHalfWayIsToldWithWhatThereIsOfIt() {
    boxes.broken = true;

    for (Runnable call : List.<Runnable>of(() -> create("a"), () -> update("a"))) {
      assertThatThrownBy(call::run)
          .isInstanceOf(StatusRuntimeException.class)
          .hasMessageContaining("two does not answer")
          .satisfies(
              e -> {
                Any detail = StatusProto.fromThrowable(e).getDetails(0);
                ErrorResourceInitFailed partly = detail.unpack(ErrorResourceInitFailed.class);
                assertThat(partly.getId()).isEqualTo("a");
                assertThat(partly.getProperties().getFieldsOrThrow("made").getStringValue())
                    .isEqualTo("half");
                assertThat(partly.getReasonsList()).containsExactly("two does not answer");
              });
    }
  }

  @Test
  void cancelInterruptsWhatIsRunning() throws Exception {
    boxes.slow = new CountDownLatch(1);
    CompletableFuture<Void> running = CompletableFuture.runAsync(() -> create("a"));
    assertThat(boxes.slow.await(10, TimeUnit.SECONDS)).isTrue();

    engine.cancel(Empty.getDefaultInstance());

    assertThat(running)
        .failsWithin(10, TimeUnit.SECONDS)
        .withThrowableOfType(Exception.class)
        .withMessageContaining("interrupted: 'pulumi up' goes on");
  }

  @Test
  void aKindThatNobodyKnowsIsNamed() {
    assertThatThrownBy(
            () ->
                engine.delete(
                    DeleteRequest.newBuilder().setUrn(URN.replace("Box", "Crate")).build()))
        .hasMessageContaining("primer:index:Crate");
  }

  private DiffResponse diff(String id, Struct state, Struct inputs) {
    return engine.diff(
        DiffRequest.newBuilder().setUrn(URN).setId(id).setOlds(state).setNews(inputs).build());
  }

  private void create(String tag) {
    engine.create(CreateRequest.newBuilder().setUrn(URN).setProperties(inputs(tag, "red")).build());
  }

  private void update(String tag) {
    engine.update(
        UpdateRequest.newBuilder()
            .setUrn(URN)
            .setId(tag)
            .setOlds(inputs(tag, "red"))
            .setNews(inputs(tag, "blue"))
            .build());
  }

  private void delete(String tag) {
    engine.delete(
        DeleteRequest.newBuilder()
            .setUrn(URN)
            .setId(tag)
            .setProperties(inputs(tag, "red"))
            .build());
  }

  private pulumirpc.Provider.ReadResponse read(String tag) {
    return engine.read(
        ReadRequest.newBuilder().setUrn(URN).setId(tag).setProperties(inputs(tag, "red")).build());
  }

  private static Struct inputs(String tag, String color) {
    return Struct.newBuilder()
        .putFields("tag", Value.newBuilder().setStringValue(tag).build())
        .putFields("color", Value.newBuilder().setStringValue(color).build())
        .build();
  }

  /** Things with a tag, by which they are told apart, and a color, which one called fixed keeps. */
  private static final class Boxes implements Kind {
    final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    boolean gone;
    boolean broken;
    CountDownLatch slow;

    @Override
    public Properties check(Properties inputs) throws InvalidInputs {
      Map<String, String> problems = inputs.problemsWith(List.of("tag"), List.of(), List.of());
      if (!problems.isEmpty()) {
        throw new InvalidInputs(problems);
      }
      return inputs;
    }

    @Override
    public Properties check(Properties inputs, Properties before) throws InvalidInputs {
      if (inputs.text("tag").equals("fixed") && !inputs.sameAs(before, "color")) {
        throw new InvalidInputs(Map.of("color", "cannot change"));
      }
      return check(inputs);
    }

    @Override
    public Set<String> replaces() {
      return Set.of("tag");
    }

    @Override
    public String idOf(Properties state) {
      return state.text("tag");
    }

    @Override
    public Properties preview(Properties inputs) {
      return inputs.withUnknown("made");
    }

    @Override
    public Properties create(Properties inputs, Engine.Log log) throws Exception {
      if (slow != null) {
        slow.countDown();
        Thread.sleep(60_000);
      }
      if (broken) {
        throw new PartlyDoneException(inputs.with("made", "half"), "two does not answer");
      }
      calls.add("create " + idOf(inputs));
      return inputs.with("made", "whole");
    }

    @Override
    public Optional<Properties> read(Properties state, Engine.Log log) {
      return gone ? Optional.empty() : Optional.of(state);
    }

    @Override
    public Properties update(Properties state, Properties inputs, Engine.Log log) throws Exception {
      return create(inputs, log);
    }

    @Override
    public void delete(Properties state, Engine.Log log) {
      calls.add("delete " + idOf(state));
    }
  }
}
