package mlopsprimer.api;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients that keep their connections and send the next request as soon as an answer arrives, all
 * in one thread. A client whose connection is closed connects again.
 */
final class BusyClients implements AutoCloseable {
  private static final byte[] REQUEST =
      "GET /predictionForTomorrow HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII);

  private final InetSocketAddress server;
  private final Selector selector;
  private final ByteBuffer answer = ByteBuffer.allocateDirect(1 << 14);
  private final AtomicInteger served = new AtomicInteger();
  private final AtomicLong answers = new AtomicLong();
  private final Thread thread = new Thread(this::run, "busy-clients");
  private volatile boolean closed;

  BusyClients(int port, int clients) throws IOException {
    server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    selector = Selector.open();
    for (int i = 0; i < clients; i++) {
      connect();
    }
    thread.start();
  }

  /** Number of connections that have had at least one answer. */
  int served() {
    return served.get();
  }

  long answers() {
    return answers.get();
  }

  private void connect() throws IOException {
    SocketChannel client = SocketChannel.open();
    client.configureBlocking(false);
    client.connect(server);
    client.register(selector, SelectionKey.OP_CONNECT);
  }

  private void run() {
    try {
      while (!closed) {
        selector.select(100);
        for (SelectionKey key : selector.selectedKeys()) {
          serve(key);
        }
        selector.selectedKeys().clear();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve(SelectionKey key) throws IOException {
    SocketChannel client = (SocketChannel) key.channel();
    try {
      if (key.isConnectable()) {
        client.finishConnect();
        key.interestOps(SelectionKey.OP_READ);
      } else {
        read(client);
        if (key.attach(true) == null) {
          served.incrementAndGet();
        }
        answers.incrementAndGet();
      }
      client.write(ByteBuffer.wrap(REQUEST));
    } catch (IOException e) { // the server has closed the connection
      client.close();
      connect();
    }
  }

  private void read(SocketChannel client) throws IOException {
    answer.clear();
    if (client.read(answer) < 0) {
      throw new IOException("the server has closed the connection");
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }
}
