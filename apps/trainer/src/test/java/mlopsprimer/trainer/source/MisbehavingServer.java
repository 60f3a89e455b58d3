package mlopsprimer.trainer.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * HTTP server that sends given answers in order, repeats the last one, and records the requests.
 */
final class MisbehavingServer implements AutoCloseable {
  /**
   * @param target path and query, unchanged
   * @param headers values of the headers, by lower-case name
   * @param nanos {@link System#nanoTime()} when the request was read
   */
  record Request(String target, Map<String, String> headers, long nanos) {
    Duration since(Request earlier) {
      return Duration.ofNanos(nanos - earlier.nanos);
    }
  }

  private final ServerSocket listener;
  private final List<Answer> answers;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicLong bytesSent = new AtomicLong();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Queue<Thread> threads = new LinkedBlockingQueue<>();

  MisbehavingServer(Answer... answers) throws IOException {
    this(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), answers);
  }

  MisbehavingServer(ServerSocket listener, Answer... answers) {
    this.listener = listener;
    this.answers = List.of(answers);
    start(this::accept);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  URI httpsUrl() {
    return URI.create("https://127.0.0.1:" + listener.getLocalPort());
  }

  List<Request> requests() {
    return requests;
  }

  long bytesSent() {
    return bytesSent.get();
  }

  /** Whether every client has its answer or has closed the connection. */
  boolean isIdle() {
    return open.isEmpty();
  }

  private void start(Runnable work) {
    Thread thread = new Thread(work, "misbehaving-server");
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        open.add(socket);
        start(() -> serve(socket));
      } catch (IOException e) {
        // a test has closed the server, or the client has closed the connection
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      requests.add(read(new BufferedInputStream(socket.getInputStream())));
      Answer answer = answers.get(Math.min(next.getAndIncrement(), answers.size() - 1));
      OutputStream out = counting(socket.getOutputStream());
      answer.send(socket, out);
      out.flush();
    } catch (IOException e) {
      // the client closed the connection
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(socket);
    }
  }

  private static Request read(InputStream in) throws IOException {
    String[] start = line(in).split(" ", -1);
    if (start.length != 3) {
      throw new IOException("not HTTP");
    }
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      if (colon < 0) {
        throw new IOException("not HTTP");
      }
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return new Request(start[1], headers, System.nanoTime());
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("the client closed the connection");
      }
      line.append(new String(new byte[] {(byte) c}, ISO_8859_1));
    }
    return line.toString().strip();
  }

  private OutputStream counting(OutputStream socket) {
    return new FilterOutputStream(socket) {
      @Override
      public void write(int b) throws IOException {
        out.write(b);
        bytesSent.incrementAndGet();
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        bytesSent.addAndGet(length);
      }
    };
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : open) {
      socket.close();
    }
    threads.forEach(Thread::interrupt);
  }
}
