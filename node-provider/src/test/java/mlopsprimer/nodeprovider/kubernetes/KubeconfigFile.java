package mlopsprimer.nodeprovider.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a kubeconfig for a server on this machine. */
public final class KubeconfigFile {
  private KubeconfigFile() {}

  /** Writes the file admin.conf in the directory, and returns its path. */
  public static Path write(Path directory, int port) throws IOException {
    return Files.writeString(
        directory.resolve("admin.conf"),
        """
        apiVersion: v1
        kind: Config
        clusters:
        - name: kubernetes
          cluster:
            server: http://127.0.0.1:%d
        users:
        - name: admin
          user: {}
        contexts:
        - name: admin@kubernetes
          context:
            cluster: kubernetes
            user: admin
        current-context: admin@kubernetes
        """
            .formatted(port));
  }
}
