package mlopsprimer.trainer.source;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** TLS with a certificate for 127.0.0.1 that no authority has signed. */
final class SelfSigned {
  private static final String PASSWORD = "changeit";

  private SelfSigned() {}

  static ServerSocket listener(Path dir)
      throws IOException, GeneralSecurityException, InterruptedException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keyStore(dir))) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(managers.getKeyManagers(), null, null);
    return tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  private static Path keyStore(Path dir) throws IOException, InterruptedException {
    Path file = dir.resolve("self-signed.p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    String options =
        "-genkeypair -storetype PKCS12 -alias server -keyalg EC -dname CN=127.0.0.1"
            + " -ext SAN=IP:127.0.0.1 -validity 2 -J-Duser.language=en -storepass "
            + PASSWORD;
    List<String> command = new ArrayList<>(List.of(keytool, "-keystore", file.toString()));
    command.addAll(List.of(options.split(" ", -1)));
    Path output = dir.resolve("keytool.log");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (process.waitFor() != 0) {
      throw new IOException("keytool failed: " + Files.readString(output));
    }
    return file;
  }
}
