package mlopsprimer.nodeprovider.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mlopsprimer.nodeprovider.rpc.RecordedLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An image that is complete in an archive, such as that of the MLflow server. */
class CompleteImageTest {
  @TempDir Path home;
  private final RecordedLog log = new RecordedLog();

  @Test
  void theImageOfTheArchiveGetsANameOfTheStackAndATagThatChangesWithIt() throws Exception {
    ImageResource images = new ImageResource(home);
    ImageState first = images.create(images.completed(args(archive("one"))), log);
    ImageState same = images.create(images.completed(args(archive("one"))), log);
    ImageState other = images.create(images.completed(args(archive("two"))), log);

    assertThat(first.reference()).matches("localhost/ml-mlflow:[0-9a-f]{12}");
    assertThat(home.resolve(first.archive())).isRegularFile();
    assertThat(same).isEqualTo(first);
    assertThat(other.reference()).isNotEqualTo(first.reference());
    assertThat(other.digest()).isNotEqualTo(first.digest());
  }

  @Test
  void anArchiveThatDoesNotExistIsRefused() {
    assertThat(new ImageResource(home).problemsWith(args("tar://" + home.resolve("none.tar"))))
        .hasEntrySatisfying("base", problem -> assertThat(problem).contains("set mlflowImage"));
  }

  private String archive(String content) throws Exception {
    Path file = Files.writeString(home.resolve("server.py"), content);
    Path archive = home.resolve("mlflow.tar");
    Jib.fromScratch()
        .addLayer(List.of(file), AbsoluteUnixPath.get("/"))
        .containerize(
            Containerizer.to(TarImage.at(archive).named("localhost/mlflow:1"))
                .setOfflineMode(true)
                .setApplicationLayersCache(home.resolve("jib")));
    return "tar://" + archive;
  }

  private static ImageArgs args(String base) {
    return new ImageArgs("localhost/ml-mlflow", null, null, base, false, null, "auto", null);
  }
}
