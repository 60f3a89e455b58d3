package mlopsprimer.nodeprovider.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import mlopsprimer.nodeprovider.rpc.ResourceException;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.keyverifier.KnownHostsServerKeyVerifier;
import org.apache.sshd.client.keyverifier.RejectAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.core.CoreModuleProperties;

/** An SSH connection to one node. The node's host key must be the key in the known_hosts file. */
final class Node implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration COMMAND_TIMEOUT = Duration.ofMinutes(5);

  /**
   * Longest time for which a node may accept no byte of an archive. A node whose disk is busy
   * writes what it has before it accepts more. The library's default of 30 s breaks the connection
   * of such a node.
   */
  private static final Duration STALL_TIMEOUT = COMMAND_TIMEOUT;

  private final String name;
  private final SshClient client;
  private final ClientSession session;

  private Node(String name, SshClient client, ClientSession session) {
    this.name = name;
    this.client = client;
    this.session = session;
  }

  /** Exit status, standard output and standard error of a command. */
  record Result(int exit, String output, String errors) {}

  /**
   * Connects to a node.
   *
   * @throws ResourceException if the node does not answer, has another host key, or refuses the
   *     user's key
   */
  static Node connect(SshConfig.Host host) throws ResourceException {
    SshClient client = SshClient.setUpDefaultClient();
    client.setServerKeyVerifier(
        new KnownHostsServerKeyVerifier(RejectAllServerKeyVerifier.INSTANCE, host.knownHosts()));
    client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
    client.setSignatureFactories(
        List.of(
            BuiltinSignatures.ed25519, BuiltinSignatures.rsaSHA512, BuiltinSignatures.rsaSHA256));
    FileKeyPairProvider identity = new FileKeyPairProvider(host.identity());
    identity.setPasswordFinder(FilePasswordProvider.EMPTY);
    client.setKeyIdentityProvider(identity);
    CoreModuleProperties.WAIT_FOR_SPACE_TIMEOUT.set(client, STALL_TIMEOUT);
    client.start();
    boolean connected = false;
    try {
      ClientSession session =
          client
              .connect(host.user(), host.address(), host.port())
              .verify(CONNECT_TIMEOUT)
              .getSession();
      session.auth().verify(CONNECT_TIMEOUT);
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
  Result run(String command) throws ResourceException {
    return run(command, InputStream.nullInputStream());
  }

  /** Runs a command as root, and sends the input to its standard input. */
  Result run(String command, InputStream input) throws ResourceException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    try (ChannelExec channel = session.createExecChannel("sudo " + command)) {
      channel.setIn(input);
      channel.setOut(output);
      channel.setErr(errors);
      channel.open().verify(CONNECT_TIMEOUT);
      if (channel
          .waitFor(EnumSet.of(ClientChannelEvent.CLOSED), COMMAND_TIMEOUT)
          .contains(ClientChannelEvent.TIMEOUT)) {
        throw new ResourceException(
            "%s: '%s' did not end within %d minutes: find out why on the node, then repeat the command"
                .formatted(name, command, COMMAND_TIMEOUT.toMinutes()));
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

  private ResourceException broken(String command, String why, IOException cause) {
    return new ResourceException(
        "%s: the connection broke during '%s' (%s): run 'vagrant up %s', then repeat the command"
            .formatted(name, command, why, name),
        cause);
  }

  /**
   * Runs a script of a POSIX shell as root. The script is one command for the node, so that the
   * node completes it even if this process is killed.
   */
  Result script(String script) throws ResourceException {
    return run("sh -c " + quote(script));
  }

  /**
   * Runs a command as root.
   *
   * @return its standard output
   * @throws ResourceException if the exit status of the command is not 0
   */
  String succeed(String command) throws ResourceException {
    Result result = run(command);
    if (result.exit() != 0) {
      throw failed(command, result);
    }
    return result.output();
  }

  /** The error for a command whose exit status is not 0. */
  ResourceException failed(String command, Result result) throws ResourceException {
    String printed = (result.errors() + result.output()).strip();
    if (printed.toLowerCase(Locale.ROOT).contains("no space left on device")) {
      return new ResourceException(
          "%s: its disk is full: free some space on the node, then repeat the command%n%s"
              .formatted(name, run("df -h /var/lib").output().strip()));
    }
    return new ResourceException(
        "%s: '%s' ended with exit status %d: %s%nCorrect the cause on the node ('ssh -F infra-context/ssh-config %s'), then repeat the command"
            .formatted(name, command, result.exit(), printed, name));
  }

  /** Quotes a text so that a POSIX shell reads it as one word and expands nothing in it. */
  static String quote(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  @Override
  public void close() {
    session.close(true);
    client.stop();
  }

  private static ResourceException refused(SshConfig.Host host, IOException e) {
    String where = "%s (%s:%d)".formatted(host.name(), host.address(), host.port());
    String why = String.valueOf(e.getMessage());
    if (why.contains("Server key did not validate")) {
      return new ResourceException(
          "%s has another host key than %s says: another machine may be answering. If you changed the key of the node, delete the node's line in that file, then run 'vagrant provision %s', which records the new key"
              .formatted(where, host.knownHosts(), host.name()),
          e);
    }
    if (why.contains("No more authentication methods")) {
      return new ResourceException(
          "%s does not accept the private key %s: run 'vagrant provision %s', which records the current key"
              .formatted(where, host.identity(), host.name()),
          e);
    }
    return new ResourceException(
        "%s does not answer (%s): run 'vagrant up %s', which starts the node"
            .formatted(where, why, host.name()),
        e);
  }
}
