package mlopsprimer.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands between the API and an S3 server, and can cut or hold up their connections. */
final class StoreProxy implements AutoCloseable {
  enum State {
    /** Bytes pass in both directions. */
    OPEN,
    /** Connections are accepted, and nothing passes. */
    HANGING,
    /** Connections are closed at once. */
    CUT
  }

  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final int server;
  private volatile State state = State.OPEN;

  /**
   * @param server port of the server on this machine
   */
  StoreProxy(int server) throws IOException {
    this.server = server;
    start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Changes the state. Connections of the old state end, unless they shall hang. */
  void become(State next) {
    state = next;
    if (next != State.HANGING) {
      sockets.forEach(StoreProxy::close);
      sockets.clear();
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        if (state == State.CUT) {
          client.close();
          continue;
        }
        Socket target = new Socket(InetAddress.getLoopbackAddress(), server);
        sockets.add(client);
        sockets.add(target);
        start(() -> pass(client, target));
        start(() -> pass(target, client));
      } catch (IOException e) {
        // The listener or one of the two sockets was closed.
      }
    }
  }

  private void pass(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[8192];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        if (state == State.OPEN) {
          out.write(buffer, 0, count);
        } // otherwise the bytes are lost, and the other side waits
      }
    } catch (IOException e) {
      // The connection was closed.
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "store-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    become(State.CUT);
  }
}
