package mlopsprimer.nodeprovider.rpc;

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
import pulumirpc.Provider.ReadResponse;
import pulumirpc.Provider.UpdateRequest;
import pulumirpc.ResourceProviderGrpc;
import pulumirpc.ResourceProviderGrpc.ResourceProviderBlockingStub;

/** Makes the calls of Pulumi's engine over a real connection. */
class ProviderTest {
  private static final String URN =
      "urn:pulumi:dev::mlops-primer::a:b:Parent$node-provider:index:Box::it";
  private static final String UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

  private final Boxes boxes = new Boxes();
  private Server server;
  private ManagedChannel channel;
  private ResourceProviderBlockingStub engine;

  @BeforeEach
  void start() throws Exception {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(new Provider(List.of(boxes), Engine.none()))
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
  void aProblemNamesItsInput() {
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
  void aForbiddenChangeOfAnExistingResourceIsRefused() {
    CheckRequest moved =
        CheckRequest.newBuilder().setUrn(URN).setNews(inputs("fixed", "b")).build();

    assertThat(engine.check(moved).getFailuresList()).isEmpty();
    assertThat(
            engine.check(moved.toBuilder().setOlds(inputs("fixed", "a")).build()).getFailuresList())
        .extracting(failure -> failure.getProperty())
        .containsExactly("color");
  }

  @Test
  void onlyAChangeOfAReplacingInputReplacesTheResource() {
    DiffResponse same = diff("a", state("a", "red"), inputs("a", "red"));
    assertThat(same.getChanges()).isEqualTo(DiffChanges.DIFF_NONE);

    DiffResponse color = diff("a", state("a", "red"), inputs("a", "blue"));
    assertThat(color.getChanges()).isEqualTo(DiffChanges.DIFF_SOME);
    assertThat(color.getDiffsList()).containsExactly("color");
    assertThat(color.getReplacesList()).isEmpty();

    DiffResponse tag = diff("a", state("a", "red"), inputs("b", "red"));
    assertThat(tag.getReplacesList()).containsExactly("tag");
    assertThat(diff("a", state("a", "red"), inputs(UNKNOWN, "red")).getReplacesList())
        .as("not known yet")
        .containsExactly("tag");
  }

  @Test
  void aPreviewCreatesNothing() {
    CreateRequest create =
        CreateRequest.newBuilder().setUrn(URN).setProperties(inputs("a", "red")).build();

    assertThat(engine.create(create.toBuilder().setPreview(true).build()).getProperties())
        .isEqualTo(new PropertyMap(inputs("a", "red")).withUnknown("made").struct());
    assertThat(boxes.calls).isEmpty();

    assertThat(engine.create(create).getId()).isEqualTo("a");
    assertThat(boxes.calls).containsExactly("create a");
  }

  @Test
  void aReadOfAResourceThatIsGoneReturnsNoId() {
    assertThat(read("a").getId()).isEqualTo("a");
    boxes.gone = true;
    assertThat(read("a").getId()).isEmpty();
  }

  /**
   * An update replaced the box a with the box b, and then failed. The next update replaces b with
   * a. So Pulumi creates a, and at the end it deletes the previously replaced a, which is the same
   * box.
   */
  @Test
  void aResourceThatThisUpdateCreatedIsNotDeleted() {
    diff("b", state("b", "red"), inputs("a", "red"));
    create("a");
    delete("b");
    delete("a");

    assertThat(boxes.calls).containsExactly("create a", "delete b");
  }

  @Test
  void aResourceThatThisUpdateLeftAsItWasIsNotDeleted() {
    check("a");
    diff("a", state("a", "red"), inputs("a", "red"));
    delete("a");

    assertThat(boxes.calls).isEmpty();
  }

  /** A refresh reads a resource and compares it with itself, also before a destroy. */
  @Test
  void aResourceThatARefreshComparedIsDeleted() {
    read("a");
    diff("a", state("a", "red"), inputs("a", "red"));
    delete("a");

    assertThat(boxes.calls).containsExactly("delete a");
  }

  @Test
  void aResourceThatARefreshComparedAndThisUpdateReplacedIsDeleted() {
    read("a");
    diff("a", state("a", "red"), inputs("a", "red"));
    check("b");
    diff("a", state("a", "red"), inputs("b", "red"));
    create("b");
    delete("a");

    assertThat(boxes.calls).containsExactly("create b", "delete a");
  }

  /** Newer engines can run the program and then refresh, before a destroy. */
  @Test
  void aResourceThatIsReadAfterItWasDeclaredIsDeleted() {
    check("a");
    read("a");
    diff("a", state("a", "red"), inputs("a", "red"));
    delete("a");

    assertThat(boxes.calls).containsExactly("delete a");
  }

  @Test
  void aResourceThatThisUpdateDidNotTouchIsDeleted() {
    delete("a");

    assertThat(boxes.calls).containsExactly("delete a");
  }

  @Test
  void aPartialFailureIsReportedWithTheStateOfWhatWasDone() {
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
  void cancelInterruptsARunningCall() throws Exception {
    boxes.slow = new CountDownLatch(1);
    CompletableFuture<Void> running = CompletableFuture.runAsync(() -> create("a"));
    assertThat(boxes.slow.await(10, TimeUnit.SECONDS)).isTrue();

    engine.cancel(Empty.getDefaultInstance());

    assertThat(running)
        .failsWithin(10, TimeUnit.SECONDS)
        .withThrowableOfType(Exception.class)
        .withMessageContaining("interrupted: repeat the command, which continues from here");
  }

  /** The engine may have sent the call before it knew of the cancel. */
  @Test
  void aCreateOrUpdateAfterACancelIsRefused() {
    engine.cancel(Empty.getDefaultInstance());

    for (Runnable call : List.<Runnable>of(() -> create("a"), () -> update("a"))) {
      assertThatThrownBy(call::run).hasMessageContaining("interrupted: repeat the command");
    }
  }

  @Test
  void theErrorForAnUnknownResourceTypeListsTheKnownTypes() {
    assertThatThrownBy(
            () ->
                engine.delete(
                    DeleteRequest.newBuilder().setUrn(URN.replace("Box", "Crate")).build()))
        .hasMessageContaining("no resource type node-provider:index:Crate; it has")
        .hasMessageContaining("node-provider:index:Box")
        .hasMessageContaining("Correct the type in the program");
  }

  @Test
  void allProblemsAreReportedAtOnce() {
    Struct inputs =
        Struct.newBuilder()
            .putFields("color", text("plaid"))
            .putFields("colour", text("red"))
            .build();

    var checked = engine.check(CheckRequest.newBuilder().setUrn(URN).setNews(inputs).build());

    assertThat(checked.getFailuresList())
        .extracting(failure -> failure.getProperty() + ": " + failure.getReason())
        .containsExactlyInAnyOrder(
            "tag: a text is needed",
            "color: plaid is not a color",
            "colour: there is no such input; the inputs are: tag, color");
  }

  @Test
  void anInputThatAPreviewDoesNotKnowYetIsNotAProblem() {
    var checked =
        engine.check(
            CheckRequest.newBuilder().setUrn(URN).setNews(inputs(UNKNOWN, UNKNOWN)).build());

    assertThat(checked.getFailuresList()).isEmpty();
    assertThat(checked.getInputs().getFieldsOrThrow("tag").getStringValue()).isEqualTo(UNKNOWN);
  }

  @Test
  void anOptionalInputThatTheProgramNoLongerSetsIsAChange() {
    Struct without = Struct.newBuilder().putFields("tag", text("a")).build();

    assertThat(diff("a", state("a", "red"), without).getDiffsList()).containsExactly("color");
  }

  @Test
  void theErrorForAStateWithoutARequiredPropertyNamesTheProperty() {
    assertThatThrownBy(() -> diff("a", inputs("a", "red"), inputs("a", "blue")))
        .satisfies(ProviderTest::saysThatAnotherVersionWroteTheState)
        .hasMessageContaining("made is missing");
  }

  @Test
  void theErrorForAPropertyOfAnotherTypeNamesTheProperty() {
    Struct numbered =
        state("a", "red").toBuilder()
            .putFields("made", Value.newBuilder().setNumberValue(1).build())
            .build();

    assertThatThrownBy(() -> read("a", numbered))
        .satisfies(ProviderTest::saysThatAnotherVersionWroteTheState)
        .hasMessageContaining("made has another type");
  }

  @Test
  void aDeleteWithAStateOfAnotherVersionIsRefused() {
    assertThatThrownBy(
            () ->
                engine.delete(
                    DeleteRequest.newBuilder()
                        .setUrn(URN)
                        .setId("a")
                        .setProperties(inputs("a", "red"))
                        .build()))
        .satisfies(ProviderTest::saysThatAnotherVersionWroteTheState);
    assertThat(boxes.calls).isEmpty();
  }

  @Test
  void aCheckAgainstInputsOfAnotherVersionIsRefused() {
    Struct older = Struct.newBuilder().putFields("color", text("red")).build();

    assertThatThrownBy(
            () ->
                engine.check(
                    CheckRequest.newBuilder()
                        .setUrn(URN)
                        .setOlds(older)
                        .setNews(inputs("a", "red"))
                        .build()))
        .satisfies(ProviderTest::saysThatAnotherVersionWroteTheState)
        .hasMessageContaining("tag is missing");
  }

  private static void saysThatAnotherVersionWroteTheState(Throwable e) {
    assertThat(e)
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("node-provider:index:Box")
        .hasMessageContaining("Another version wrote that state: run 'pulumi destroy'")
        .hasMessageNotContaining("Exception");
  }

  @Test
  void theErrorForAnImportNamesTheRemedy() {
    assertThatThrownBy(() -> read("a", Struct.getDefaultInstance()))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining(
            "node-provider:index:Box cannot be imported, because the id 'a' does not contain")
        .hasMessageContaining("run 'pulumi up'");
  }

  @Test
  void aPercentSignInAMessageIsNotChanged() {
    assertThatThrownBy(() -> read("50%s%d%", Struct.getDefaultInstance()))
        .hasMessageContaining("the id '50%s%d%' does not contain");
  }

  private DiffResponse diff(String id, Struct state, Struct inputs) {
    return engine.diff(
        DiffRequest.newBuilder().setUrn(URN).setId(id).setOlds(state).setNews(inputs).build());
  }

  private void check(String tag) {
    engine.check(CheckRequest.newBuilder().setUrn(URN).setNews(inputs(tag, "red")).build());
  }

  private void create(String tag) {
    engine.create(CreateRequest.newBuilder().setUrn(URN).setProperties(inputs(tag, "red")).build());
  }

  private void update(String tag) {
    engine.update(
        UpdateRequest.newBuilder()
            .setUrn(URN)
            .setId(tag)
            .setOlds(state(tag, "red"))
            .setNews(inputs(tag, "blue"))
            .build());
  }

  private void delete(String tag) {
    engine.delete(
        DeleteRequest.newBuilder().setUrn(URN).setId(tag).setProperties(state(tag, "red")).build());
  }

  private ReadResponse read(String tag) {
    return read(tag, state(tag, "red"));
  }

  private ReadResponse read(String id, Struct state) {
    return engine.read(ReadRequest.newBuilder().setUrn(URN).setId(id).setProperties(state).build());
  }

  private static Struct state(String tag, String color) {
    return inputs(tag, color).toBuilder().putFields("made", text("whole")).build();
  }

  private static Value text(String text) {
    return Value.newBuilder().setStringValue(text).build();
  }

  private static Struct inputs(String tag, String color) {
    return Struct.newBuilder().putFields("tag", text(tag)).putFields("color", text(color)).build();
  }

  /** Arguments of a box. */
  record Box(
      @Property(value = "Tag by which boxes are distinguished.", replaces = true) String tag,
      @Property(value = "Color; a box with the tag fixed keeps its color.", optional = true)
          String color) {}

  /** State of a box. */
  record BoxState(Box box, @Property("How much of the box was made: half or whole.") String made) {}

  /** A resource type that creates nothing, and records its calls. */
  private static final class Boxes implements ResourceType<Box, BoxState> {
    final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    boolean gone;
    boolean broken;
    CountDownLatch slow;

    @Override
    public String name() {
      return "Box";
    }

    @Override
    public String description() {
      return "A box.";
    }

    @Override
    public Class<Box> args() {
      return Box.class;
    }

    @Override
    public Class<BoxState> state() {
      return BoxState.class;
    }

    @Override
    public Map<String, String> problemsWith(Box args) {
      return "plaid".equals(args.color()) ? Map.of("color", "plaid is not a color") : Map.of();
    }

    @Override
    public Map<String, String> problemsWithChange(Box before, Box args) {
      return "fixed".equals(args.tag()) && !args.color().equals(before.color())
          ? Map.of("color", "cannot change")
          : Map.of();
    }

    @Override
    public String id(BoxState state) {
      return state.box().tag();
    }

    @Override
    public BoxState preview(Box args) {
      return new BoxState(args, null);
    }

    @Override
    public BoxState create(Box args, Log log) throws Exception {
      if (slow != null) {
        slow.countDown();
        Thread.sleep(60_000);
      }
      if (broken) {
        throw new PartlyDoneException(new BoxState(args, "half"), "two does not answer");
      }
      calls.add("create " + args.tag());
      return new BoxState(args, "whole");
    }

    @Override
    public Optional<BoxState> read(BoxState state, Log log) {
      return gone ? Optional.empty() : Optional.of(state);
    }

    @Override
    public void delete(BoxState state, Log log) {
      calls.add("delete " + id(state));
    }
  }
}
