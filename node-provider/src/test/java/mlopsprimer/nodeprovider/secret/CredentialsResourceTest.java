package mlopsprimer.nodeprovider.secret;

import static org.assertj.core.api.Assertions.assertThat;

import mlopsprimer.nodeprovider.rpc.RecordedLog;
import org.junit.jupiter.api.Test;

class CredentialsResourceTest {
  private final CredentialsResource resource = new CredentialsResource();
  private final CredentialsArgs args = new CredentialsArgs("WRITER");

  @Test
  void credentialsAreRandom() {
    CredentialsState one = create();
    CredentialsState other = create();

    assertThat(one.accessKey()).matches("WRITER[A-Z2-9]{12}").isNotEqualTo(other.accessKey());
    assertThat(one.secretKey()).matches("[A-Z2-9]{32}").isNotEqualTo(other.secretKey());
  }

  @Test
  void credentialsStayTheSame() {
    CredentialsState state = create();

    assertThat(resource.read(state, new RecordedLog())).contains(state);
    assertThat(resource.update(state, args, new RecordedLog())).isEqualTo(state);
    assertThat(resource.previewUpdate(state, args)).isEqualTo(state);
  }

  @Test
  void aPreviewDoesNotKnowThem() {
    assertThat(resource.preview(args).secretKey()).isNull();
  }

  @Test
  void neitherTheIdNorATextHasTheSecret() {
    CredentialsState state = create();

    assertThat(resource.id(state)).isEqualTo(state.accessKey());
    assertThat(state.toString()).doesNotContain(state.secretKey());
  }

  @Test
  void theStartOfTheAccessKeyIsCapitalLetters() {
    assertThat(resource.problemsWith(new CredentialsArgs("writer"))).containsOnlyKeys("user");
    assertThat(resource.problemsWith(args)).isEmpty();
  }

  private CredentialsState create() {
    return resource.create(args, new RecordedLog());
  }
}
