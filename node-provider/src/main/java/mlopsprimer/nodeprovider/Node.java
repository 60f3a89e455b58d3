package mlopsprimer.nodeprovider;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.keyverifier.KnownHostsServerKeyVerifier;
import org.apache.sshd.client.keyverifier.RejectAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.apache.sshd.common.signature.BuiltinSignatures;

/** A connection to one node, whose host key is the one that known_hosts has for it. */
final class Node implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration COMMAND = Duration.ofMinutes(5);

  private final String name;
  private final SshClient client;
  private final ClientSession session;

  private Node(String name, SshClient client, ClientSession session) {
    this.name = name;
    this.client = client;
    this.session = session;
  }

  /** What a command left behind. */
  record Result(int exit, String output, String errors) {}

  /**
   * @throws NodeException naming the node and the remedy, if it does not answer, is another one, or
   *     does not let us in
   */
  static Node connect(SshConfig.Host host) throws NodeException {
    SshClient client = SshClient.setUpDefaultClient();
    client.setServerKeyVerifier(
        new KnownHostsServerKeyVerifier(RejectAllServerKeyVerifier.INSTANCE, host.knownHosts()));
    client.setHostConfigEntryResolver(
        org.apache.sshd.client.config.hosts.HostConfigEntryResolver.EMPTY);
    client.setSignatureFactories(
        List.of(
            BuiltinSignatures.ed25519, BuiltinSignatures.rsaSHA512, BuiltinSignatures.rsaSHA256));
    FileKeyPairProvider identity = new FileKeyPairProvider(host.identity());
    identity.setPasswordFinder(FilePasswordProvider.EMPTY);
    client.setKeyIdentityProvider(identity);
    client.start();
    boolean connected = false;
    try {
      ClientSession session =
          client.connect(host.user(), host.address(), host.port()).verify(CONNECT).getSession();
      session.auth().verify(CONNECT);
      connected = true;
      return new Node(host.name(), client, session);
    } catch (IOException e) {
      throw refused(host, e);
    } finally {
      if (!connected) {
        client.stop();
      }
    }
  }

  String name() {
    return name;
  }

  /** Runs a command as root. */
  Result run(String command) throws NodeException {
    return run(command, InputStream.nullInputStream());
  }

  Result run(String command, InputStream input) throws NodeException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    try (ChannelExec channel = session.createExecChannel("sudo " + command)) {
      channel.setIn(input);
      channel.setOut(output);
      channel.setErr(errors);
      channel.open().verify(CONNECT);
      if (channel
          .waitFor(EnumSet.of(ClientChannelEvent.CLOSED), COMMAND)
          .contains(ClientChannelEvent.TIMEOUT)) {
        throw new NodeException(
            "%s: '%s' did not end within %d minutes: look at the node, then run 'pulumi up' again"
                .formatted(name, command, COMMAND.toMinutes()));
      }
      Integer exit = channel.getExitStatus();
      if (exit == null) {
        throw broken(command, "no exit status", null);
      }
      return new Result(exit, output.toString(UTF_8), errors.toString(UTF_8));
    } catch (IOException e) {
      throw broken(command, e.getMessage(), e);
    }
  }

  private NodeException broken(String command, String why, IOException cause) {
    return new NodeException(
        "%s: the connection broke in '%s' (%s): 'vagrant up %s', then 'pulumi up' again"
            .formatted(name, command, why, name),
        cause);
  }

  /** What a command printed that must succeed. */
  String succeed(String command) throws NodeException {
    Result result = run(command);
    if (result.exit() != 0) {
      throw failed(command, result);
    }
    return result.output();
  }

  NodeException failed(String command, Result result) throws NodeException {
    String said = (result.errors() + result.output()).strip();
    if (said.toLowerCase(Locale.ROOT).contains("no space left on device")) {
      return new NodeException(
          "%s: its disk is full: make room there, then run 'pulumi up' again%n%s"
              .formatted(name, run("df -h /var/lib").output().strip()));
    }
    return new NodeException(
        "%s: '%s' ended with %d: %s%nMend that on the node ('ssh -F infra-context/ssh-config %s'), then 'pulumi up' again"
            .formatted(name, command, result.exit(), said, name));
  }

  /** A word that a POSIX shell takes as it is. */
  static String quote(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  @Override
  public void close() {
    session.close(true);
    client.stop();
  }

  private static NodeException refused(SshConfig.Host host, IOException e) {
    String where = "%s (%s:%d)".formatted(host.name(), host.address(), host.port());
    String why = String.valueOf(e.getMessage());
    if (why.contains("Server key did not validate")) {
      return new NodeException(
          "%s has another host key than %s says: somebody else may be answering. If you gave it that key, delete its line there, and 'vagrant provision %s' records the new one"
              .formatted(where, host.knownHosts(), host.name()),
          e);
    }
    if (why.contains("No more authentication methods")) {
      return new NodeException(
          "%s does not accept the key %s: 'vagrant provision %s' records the current one"
              .formatted(where, host.identity(), host.name()),
          e);
    }
    return new NodeException(
        "%s does not answer: 'vagrant up %s' starts it (%s)".formatted(where, host.name(), why), e);
  }
}
