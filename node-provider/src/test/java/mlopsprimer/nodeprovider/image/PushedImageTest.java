package mlopsprimer.nodeprovider.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.TarImage;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import mlopsprimer.contract.Sha256;
import mlopsprimer.nodeprovider.rpc.RecordedLog;
import mlopsprimer.nodeprovider.rpc.ResourceException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pushes the image of a small program over HTTPS. */
class PushedImageTest {
  @TempDir static Path authority;
  @TempDir Path home;
  private final RecordedLog log = new RecordedLog();
  private FakeRegistry registry;
  private ImageResource images;

  @BeforeEach
  void start() throws Exception {
    Jib.fromScratch()
        .containerize(
            Containerizer.to(TarImage.at(home.resolve("base.tar")).named("localhost/base"))
                .setOfflineMode(true)
                .setApplicationLayersCache(home.resolve("jib")));
    Files.writeString(home.resolve("versitygw"), "a program");
    registry = new FakeRegistry(authority);
    images = new ImageResource(home);
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  @Test
  void thePodsNameThePushedImageByItsDigest() throws Exception {
    ImageState state = push();

    assertThat(state.image()).isEqualTo(registry.host() + "/team/ml-store@" + state.digest());
    assertThat(state.archive()).isNull();
    byte[] manifest = registry.manifest(state.digest()).orElseThrow();
    assertThat(state.digest()).isEqualTo("sha256:" + Sha256.hex(manifest));
    assertThat(registry.manifest(state.args().hash())).as("by its tag").isPresent();
    assertThat(new String(manifest, UTF_8)).contains("application/vnd.docker.image.rootfs.diff");
    assertThat(registry.uploads()).isNotEmpty();
  }

  @Test
  void thePushedImageIsThatOfAnArchive() throws Exception {
    ImageArgs archived = args(false, null);
    ImageState archive = images.create(images.completed(archived), log);

    assertThat(push().digest()).isEqualTo(archive.digest());
    assertThat(archive.image()).isEqualTo(archive.reference());
  }

  @Test
  void aSecondPushSendsOnlyWhatTheRegistryHasNot() throws Exception {
    ImageState first = push();
    int sent = registry.uploads().size();

    assertThat(push()).isEqualTo(first);
    assertThat(registry.uploads()).hasSize(sent);
  }

  @Test
  void aPreviewNeedsNoRegistry() throws Exception {
    ImageArgs args = images.completed(args(true, null));
    assertThat(images.preview(args).image()).as("before the first push").isNull();
    assertThat(images.preview(args).reference()).endsWith(":" + args.hash());

    ImageState pushed = push();
    registry.close();

    assertThat(images.preview(pushed.args())).isEqualTo(pushed);
  }

  @Test
  void anImageThatTheRegistryLostIsPushedAgain() throws Exception {
    ImageState state = push();
    assertThat(images.read(state, log)).contains(state);

    registry.forget();
    assertThat(images.read(state, log)).isEmpty();
    assertThat(push()).isEqualTo(state);
  }

  @Test
  void aRegistryThatDoesNotAnswerIsAWarningOfARefresh() throws Exception {
    ImageState state = push();
    registry.close();

    assertThat(images.read(state, log)).contains(state);
    assertThat(log.warnings()).anyMatch(line -> line.contains("was not looked for"));
  }

  @Test
  void theImageStaysInTheRegistryWhenTheResourceIsDeleted() throws Exception {
    ImageState state = push();

    images.delete(state, log);

    assertThat(registry.manifest(state.digest())).isPresent();
    assertThat(log.messages()).contains(state.reference() + " stays in its registry");
    assertThat(home.resolve("target/images")).isEmptyDirectory();
  }

  @Test
  void aCertificateThatNobodyTrustsIsRefusedWithTheRemedy() {
    assertThatThrownBy(() -> images.create(images.completed(args(true, null)), log))
        .isInstanceOf(ResourceException.class)
        .hasMessageContaining("cannot be pushed")
        .hasMessageContaining("set registryCa to the file of its certificate authority");
    assertThat(registry.uploads()).isEmpty();
  }

  @Test
  void theAuthorityIsTrustedForTheRegistryAndOnlyDuringThePush() throws Exception {
    SSLContext before = SSLContext.getDefault();

    push();

    assertThat(SSLContext.getDefault()).isSameAs(before);
    assertThatThrownBy(this::get).isInstanceOf(SSLHandshakeException.class);
    assertThatThrownBy(
            () -> RegistryTrust.during(this::get, "another.example", Optional.of(authority())))
        .as("another host during a push")
        .isInstanceOf(SSLHandshakeException.class);
    assertThat(RegistryTrust.during(this::get, registry.host(), Optional.of(authority())))
        .isEqualTo(200);
  }

  @Test
  void aFileWithoutACertificateIsRefused() throws Exception {
    Path file = Files.writeString(home.resolve("not-a.pem"), "hello");

    assertThatThrownBy(() -> RegistryTrust.during(this::get, "r.example", Optional.of(file)))
        .isInstanceOf(ResourceException.class)
        .hasMessageContaining("not-a.pem cannot be used as the certificate authority")
        .hasMessageContaining("BEGIN CERTIFICATE");
  }

  @Test
  void everyProblemWithTheArgumentsIsReported() {
    Map<String, String> problems =
        images.problemsWith(
            new ImageArgs(
                "r.example/a",
                null,
                "nowhere/versitygw",
                "tar://" + home.resolve("base.tar"),
                true,
                "nowhere/ca.pem",
                "auto",
                null));

    assertThat(problems).containsOnlyKeys("program", "registryCa");
    assertThat(images.problemsWith(new ImageArgs("a", null, null, "b", true, null, "auto", null)))
        .containsKey("module");
  }

  private Integer get() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("https://" + registry.host() + "/v2/")).build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private Path authority() {
    return new TestAuthority(authority).pem();
  }

  private ImageState push() throws Exception {
    ImageArgs args = args(true, authority().toString());
    assertThat(images.problemsWith(args)).isEqualTo(Map.of());
    return images.create(images.completed(args), log);
  }

  private ImageArgs args(boolean push, String authority) {
    List<String> names = List.of(registry.host() + "/team/ml-store", "localhost/ml-store");
    return new ImageArgs(
        names.get(push ? 0 : 1),
        null,
        "versitygw",
        "tar://" + home.resolve("base.tar"),
        push,
        authority,
        "auto",
        null);
  }
}
