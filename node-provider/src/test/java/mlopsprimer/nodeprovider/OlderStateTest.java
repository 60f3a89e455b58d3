package mlopsprimer.nodeprovider;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import mlopsprimer.nodeprovider.rpc.Engine;
import mlopsprimer.nodeprovider.rpc.Provider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import pulumirpc.Provider.DiffRequest;
import pulumirpc.Provider.DiffResponse;
import pulumirpc.Provider.ReadRequest;
import pulumirpc.Provider.ReadResponse;

/** States that the node-provider wrote before a stack could use a registry and any cluster. */
class OlderStateTest {
  private static final String ROLLOUT =
      """
      {"kubeconfig": "infra-context/admin.conf", "namespace": "mlops-primer",
       "deployment": "prediction-api", "generation": "0123456789ab/uid/1",
       "url": "http://192.168.56.21:30951/predictionForTomorrow", "contains": "SPY"}
      """;

  @TempDir Path checkout;

  /**
   * A state, and what this version adds to its inputs.
   *
   * @param added more inputs, in JSON
   */
  private record Older(String type, String state, String added, List<String> changed) {}

  static List<Older> older() {
    return List.of(
        new Older(
            "Image",
            """
            {"name": "localhost/ml-api", "module": "apps/api", "base": "tar:///base.tar",
             "hash": "0123456789ab", "reference": "localhost/ml-api:0123456789ab",
             "digest": "sha256:00", "archive": "target/images/ml-api-0123456789ab.tar"}
            """,
            """
            {"push": false, "architecture": "auto"}
            """,
            List.of("architecture", "push")),
        new Older(
            "ClaimableVolume",
            """
            {"kubeconfig": "infra-context/admin.conf", "volume": "mlops-primer-store",
             "namespace": "mlops-primer", "claim": "store", "lost": "none", "released": false}
            """,
            "{}",
            List.of()),
        new Older("Rollout", ROLLOUT, "{}", List.of()),
        new Older(
            "Ownership",
            """
            {"project": "mlops-primer", "stack": "dev", "namespace": "mlops-primer",
             "volume": "mlops-primer-store", "path": "/var/lib/mlops-primer",
             "images": ["localhost/ml-api"], "nodePort": 30951, "nodes": ["kube-worker-1"],
             "keep": false, "adopt": "none", "kubeconfig": "infra-context/admin.conf",
             "sshConfig": "infra-context/ssh-config", "owner": "mlops-primer/dev/0123456789ab"}
            """,
            "{}",
            List.of()));
  }

  @ParameterizedTest
  @MethodSource("older")
  void anUpdateReplacesNothing(Older older) throws Exception {
    Struct inputs = struct(older.state()).toBuilder().mergeFrom(struct(older.added())).build();

    DiffResponse difference =
        this.<DiffRequest, DiffResponse>answer(
            Provider::diff,
            DiffRequest.newBuilder()
                .setUrn(urn(older.type()))
                .setId("id")
                .setOlds(struct(older.state()))
                .setNews(inputs)
                .build());

    assertThat(difference.getDiffsList()).containsExactlyElementsOf(older.changed());
    assertThat(difference.getReplacesList()).isEmpty();
  }

  @Test
  void aRefreshKeepsARollout() throws Exception {
    ReadResponse read =
        this.<ReadRequest, ReadResponse>answer(
            Provider::read,
            ReadRequest.newBuilder()
                .setUrn(urn("Rollout"))
                .setId("mlops-primer/prediction-api")
                .setProperties(struct(ROLLOUT))
                .build());

    assertThat(read.getId()).isEqualTo("mlops-primer/prediction-api");
    assertThat(read.getProperties()).isEqualTo(struct(ROLLOUT));
  }

  private <Q, A> A answer(Call<Q, A> call, Q request) throws Exception {
    CompletableFuture<A> answer = new CompletableFuture<>();
    Provider provider = new Provider(Main.resourceTypes(checkout), Engine.none());
    call.make(provider, request, observer(answer));
    return answer.get();
  }

  /** A method of the provider. */
  private interface Call<Q, A> {
    void make(Provider provider, Q request, StreamObserver<A> answer);
  }

  private static <A> StreamObserver<A> observer(CompletableFuture<A> answer) {
    return new StreamObserver<>() {
      @Override
      public void onNext(A value) {
        answer.complete(value);
      }

      @Override
      public void onError(Throwable failure) {
        answer.completeExceptionally(failure);
      }

      @Override
      public void onCompleted() {
        // The answer came before.
      }
    };
  }

  private static String urn(String type) {
    return "urn:pulumi:dev::mlops-primer::node-provider:index:%s::it".formatted(type);
  }

  private static Struct struct(String json) {
    return value(JsonParser.parseString(json)).getStructValue();
  }

  private static Value value(JsonElement json) {
    if (json.isJsonObject()) {
      Struct.Builder struct = Struct.newBuilder();
      json.getAsJsonObject()
          .asMap()
          .forEach((name, element) -> struct.putFields(name, value(element)));
      return Value.newBuilder().setStructValue(struct).build();
    } else if (json.isJsonArray()) {
      ListValue.Builder list = ListValue.newBuilder();
      json.getAsJsonArray().forEach(element -> list.addValues(value(element)));
      return Value.newBuilder().setListValue(list).build();
    }
    JsonPrimitive primitive = json.getAsJsonPrimitive();
    Value.Builder value = Value.newBuilder();
    if (primitive.isBoolean()) {
      return value.setBoolValue(primitive.getAsBoolean()).build();
    }
    return primitive.isNumber()
        ? value.setNumberValue(primitive.getAsDouble()).build()
        : value.setStringValue(primitive.getAsString()).build();
  }
}
