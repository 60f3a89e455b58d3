package mlopsprimer.nodeprovider.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.shell.ProcessShellFactory;

/**
 * A real SSH server on this machine, with scripts in place of sudo and ctr. The script sudo runs
 * its arguments as the same user. The script ctr keeps its images in a file. An archive for it is a
 * line with a reference and a digest. Like containerd, an import also adds a name made from the
 * digest.
 */
final class FakeNode implements AutoCloseable {
  private static final String SUDO = "#!/bin/bash\nexec \"$@\"\n";
  private static final String CTR =
      """
      #!/bin/bash
      images=$(dirname "$0")/images
      case "$4" in
        ls)
          echo 'REF TYPE DIGEST SIZE PLATFORMS LABELS'
          cat "$images"
          ;;
        import)
          if [ -e "$images.full" ]; then
            cat >/dev/null # the SSH server drops the output of a program that does not read its input
            echo 'ctr: write: no space left on device' >&2
            exit 1
          fi
          if [ -e "$images.stalled" ]; then sleep "$(cat "$images.stalled")"; fi
          read -r reference digest
          cat >/dev/null
          grep -v "^$reference " "$images" >"$images.new"
          echo "$reference type $digest 1MiB linux/amd64 -" >>"$images.new"
          echo "sha256:of-$digest type $digest 1MiB linux/amd64 -" >>"$images.new"
          mv "$images.new" "$images"
          echo "$reference" >>"$images.imports"
          ;;
        rm) grep -v "^$6 " "$images" >"$images.new"; mv "$images.new" "$images" ;;
      esac
      """;

  /** The key of each name. All tests share the keys, because making a key takes a second. */
  private static final Map<String, KeyPair> KEYS = new ConcurrentHashMap<>();

  private final String name;
  private final Path directory;
  private final SshServer server = SshServer.setUpDefaultServer();
  private final KeyPair hostKey;

  FakeNode(String name, Path home) throws IOException {
    this.name = name;
    this.hostKey = KEYS.computeIfAbsent(name, node -> rsa());
    this.directory = Files.createDirectories(home.resolve(name));
    program("sudo", SUDO);
    program("ctr", CTR);
    Files.writeString(directory.resolve("images"), "");
    server.setHost("127.0.0.1");
    server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
    server.setPublickeyAuthenticator((user, key, session) -> user.equals("vagrant"));
    server.setCommandFactory(
        (channel, command) -> {
          String line = "export PATH='%s':$PATH; %s".formatted(directory, command);
          return new ProcessShellFactory(line, "bash", "-c", line).createShell(channel);
        });
    server.start();
  }

  /** Returns the part of an ssh-config for this node, and adds the host key to known_hosts. */
  String sshConfig(Path identity, Path knownHosts) throws IOException {
    Files.writeString(
        knownHosts,
        "[127.0.0.1]:%d %s%n"
            .formatted(server.getPort(), PublicKeyEntry.toString(hostKey.getPublic())),
        UTF_8,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    return """
        Host %s
          HostName 127.0.0.1
          Port %d
          User vagrant
          IdentityFile "%s"
          UserKnownHostsFile "%s"
        """
        .formatted(name, server.getPort(), identity, knownHosts);
  }

  String images() throws IOException {
    return Files.readString(directory.resolve("images"));
  }

  long imports() throws IOException {
    Path log = directory.resolve("images.imports");
    return Files.exists(log) ? Files.readAllLines(log).size() : 0;
  }

  void forgetImages() throws IOException {
    Files.writeString(directory.resolve("images"), "");
  }

  void refuseSudo() throws IOException {
    program("sudo", "#!/bin/bash\necho 'sudo: a password is required' >&2\nexit 1\n");
  }

  /** Makes every import accept no byte of its archive for a while. */
  void stallImports(Duration pause) throws IOException {
    Files.writeString(directory.resolve("images.stalled"), String.valueOf(pause.toSeconds()));
  }

  void fillItsDisk() throws IOException {
    Files.createFile(directory.resolve("images.full"));
  }

  @Override
  public void close() throws IOException {
    server.stop(true);
  }

  /** Writes the user's private key to a file, like Vagrant, and returns the path of the file. */
  static Path identity(Path home) throws IOException {
    byte[] key = KEYS.computeIfAbsent("user", user -> rsa()).getPrivate().getEncoded();
    return Files.writeString(
        home.resolve("private_key"),
        "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n"
            .formatted(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key)));
  }

  private void program(String file, String content) throws IOException {
    Path program = Files.writeString(directory.resolve(file), content);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
  }

  private static KeyPair rsa() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
