package mlopsprimer.nodeprovider;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import mlopsprimer.nodeprovider.rpc.Engine;
import mlopsprimer.nodeprovider.rpc.Provider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import pulumirpc.Provider.GetSchemaRequest;
import pulumirpc.ResourceProviderGrpc;

/** The package schema of the resource types, as Pulumi gets it. */
class MainTest {
  private Server server;
  private ManagedChannel channel;
  private JsonObject schema;

  @BeforeEach
  void getTheSchema() throws Exception {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(new Provider(Main.resourceTypes(Path.of(".")), Engine.none()))
            .build()
            .start();
    channel = NettyChannelBuilder.forAddress("127.0.0.1", server.getPort()).usePlaintext().build();
    schema =
        JsonParser.parseString(
                ResourceProviderGrpc.newBlockingStub(channel)
                    .getSchema(GetSchemaRequest.getDefaultInstance())
                    .getSchema())
            .getAsJsonObject();
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  @Test
  void theSchemaHasEveryResourceType() {
    assertThat(schema.getAsJsonObject("resources").keySet())
        .containsExactlyInAnyOrder(
            "node-provider:index:Ownership",
            "node-provider:index:ClaimableVolume",
            "node-provider:index:Credentials",
            "node-provider:index:Image",
            "node-provider:index:NodeImport",
            "node-provider:index:NodeDirectory",
            "node-provider:index:TrainingOutcome",
            "node-provider:index:TrainingCheck",
            "node-provider:index:Rollout");
  }

  @Test
  void theSchemaNamesThePackage() {
    assertThat(schema.get("name").getAsString()).isEqualTo("node-provider");
    assertThat(schema.get("license").getAsString()).isEqualTo("GPL-3.0-or-later");
    assertThat(schema.get("version").getAsString()).isNotBlank();
    assertThat(schema.get("description").getAsString()).isNotBlank();
  }

  @Test
  void everyResourceAndPropertyIsDescribedInASentence() {
    for (Map.Entry<String, JsonElement> entry : schema.getAsJsonObject("resources").entrySet()) {
      JsonObject resource = entry.getValue().getAsJsonObject();
      assertThat(resource.get("description").getAsString()).as(entry.getKey()).endsWith(".");
      for (String part : new String[] {"inputProperties", "properties"}) {
        resource
            .getAsJsonObject(part)
            .entrySet()
            .forEach(
                property ->
                    assertThat(
                            property.getValue().getAsJsonObject().get("description").getAsString())
                        .as(entry.getKey() + " " + property.getKey())
                        .endsWith("."));
      }
    }
  }

  @Test
  void anImageNeedsItsNameAndItsBase() {
    assertThat(names("requiredInputs")).containsExactly("base", "name");
    assertThat(names("required")).containsExactly("base", "digest", "name", "reference");
    assertThat(image().getAsJsonObject("inputProperties").getAsJsonObject("module").toString())
        .contains("\"type\":\"string\"", "\"willReplaceOnChanges\":true");
  }

  private Iterable<String> names(String part) {
    return image().getAsJsonArray(part).asList().stream().map(JsonElement::getAsString).toList();
  }

  private JsonObject image() {
    return schema.getAsJsonObject("resources").getAsJsonObject("node-provider:index:Image");
  }
}
