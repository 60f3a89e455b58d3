package mlopsprimer.trainer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import mlopsprimer.contract.AppPod;
import mlopsprimer.contract.TrainingReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file whose content Kubernetes shows as the termination message of the pod.
 *
 * @param path empty outside a pod
 */
record ReportFile(Optional<Path> path) {
  private static final Logger LOG = LoggerFactory.getLogger(ReportFile.class);

  static ReportFile of(Map<String, String> environment) {
    return new ReportFile(
        Optional.ofNullable(environment.get(AppPod.REPORT_VARIABLE))
            .filter(path -> !path.isBlank())
            .map(Path::of));
  }

  /** Replaces the report. A file that cannot be written does not stop the trainings. */
  void write(TrainingReport report) {
    path.ifPresent(
        file -> {
          try {
            Files.writeString(file, report.text());
          } catch (IOException e) {
            LOG.atWarn().addKeyValue("path", file).addKeyValue("cause", e).log("report-unwritten");
          }
        });
  }
}
