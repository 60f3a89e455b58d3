package mlopsprimer.nodeprovider.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;

/**
 * A certificate for the host localhost that signs itself, made with the keytool of the JDK.
 *
 * @param directory the directory of its files
 */
record TestAuthority(Path directory) {
  static final String PASSWORD = "password";

  /** Makes the certificate, unless the directory has one. */
  static TestAuthority in(Path directory) throws IOException, InterruptedException {
    TestAuthority authority = new TestAuthority(directory);
    if (!Files.exists(authority.pem())) {
      authority.keytool(
          "-genkeypair -keyalg EC -dname CN=localhost -ext san=dns:localhost,ip:127.0.0.1"
              + " -ext bc:c -validity 2");
      authority.keytool("-exportcert -rfc -file " + authority.pem());
    }
    return authority;
  }

  /** The certificate in PEM form. */
  Path pem() {
    return directory.resolve("ca.pem");
  }

  KeyStore keysOfServer() throws Exception {
    try (InputStream file = Files.newInputStream(directory.resolve("keys.p12"))) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(file, PASSWORD.toCharArray());
      return keys;
    }
  }

  private void keytool(String arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments.split(" ", -1)));
    command.addAll(
        List.of(
            "-alias",
            "server",
            "-storetype",
            "PKCS12",
            "-storepass",
            PASSWORD,
            "-keystore",
            directory.resolve("keys.p12").toString()));
    Process keytool =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("keytool.log").toFile())
            .start();
    if (keytool.waitFor() != 0) {
      throw new IOException(Files.readString(directory.resolve("keytool.log")));
    }
  }
}
