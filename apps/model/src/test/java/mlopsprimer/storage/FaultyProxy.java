package mlopsprimer.storage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Stands between the SDK and a server. It applies one fault to each request, in order, and passes
 * the requests after the last fault on.
 */
final class FaultyProxy implements AutoCloseable {
  /** What happens to a request. */
  interface Fault {
    void apply(byte[] request, Socket client, FaultyProxy proxy)
        throws IOException, InterruptedException;
  }

  /** The request and its answer are passed on. */
  static final Fault NONE =
      (request, client, proxy) -> client.getOutputStream().write(proxy.answerTo(request));

  /** The server handles the request, and the connection ends without an answer. */
  static final Fault LOST_ANSWER = (request, client, proxy) -> proxy.answerTo(request);

  /** The connection ends in the middle of the answer's body. */
  static final Fault CUT_BODY =
      (request, client, proxy) -> {
        byte[] answer = proxy.answerTo(request);
        int head = headLength(answer);
        client.getOutputStream().write(answer, 0, head + (answer.length - head) / 2);
      };

  private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(ISO_8859_1);

  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final int server;
  private final Queue<Fault> faults;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

  /**
   * @param server port of the server on this machine
   */
  FaultyProxy(int server, Fault... faults) throws IOException {
    this.server = server;
    this.faults = new ConcurrentLinkedQueue<>(List.of(faults));
    start(this::accept);
  }

  /** The answer comes late. */
  static Fault slow(Duration pause) {
    return (request, client, proxy) -> {
      Thread.sleep(pause.toMillis());
      NONE.apply(request, client, proxy);
    };
  }

  /** The server handles the request, and the answer comes late. */
  static Fault handledButSlow(Duration pause) {
    return (request, client, proxy) -> {
      byte[] answer = proxy.answerTo(request);
      Thread.sleep(pause.toMillis());
      client.getOutputStream().write(answer);
    };
  }

  /** The proxy gives an error of S3 as the answer, and the server sees nothing. */
  static Fault error(int status, String code) {
    return (request, client, proxy) -> {
      String body =
          "<?xml version=\"1.0\"?><Error><Code>%s</Code><Message>m</Message></Error>"
              .formatted(code);
      String head =
          "HTTP/1.1 %d Error\r\nContent-Type: application/xml\r\nContent-Length: %d\r\nDate: %s\r\nx-amz-request-id: REQUEST1\r\nConnection: close\r\n\r\n"
              .formatted(
                  status,
                  body.length(),
                  DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)));
      client.getOutputStream().write((head + body).getBytes(ISO_8859_1));
    };
  }

  int port() {
    return listener.getLocalPort();
  }

  /** The methods and headers of the requests so far. */
  List<String> requests() {
    return requests;
  }

  private byte[] answerTo(byte[] request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server)) {
      socket.getOutputStream().write(request);
      return socket.getInputStream().readAllBytes();
    }
  }

  private void start(Runnable work) {
    Thread thread = new Thread(work, "faulty-proxy");
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
        // a test has closed the proxy
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      byte[] request = readRequest(socket.getInputStream());
      requests.add(new String(request, 0, headLength(request), ISO_8859_1));
      Fault fault = faults.poll();
      (fault == null ? NONE : fault).apply(request, socket, this);
      socket.getOutputStream().flush();
    } catch (IOException e) {
      // the client has closed the connection
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(socket);
    }
  }

  /** Reads one request, and asks the server to close the connection after its answer. */
  private static byte[] readRequest(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    while (headLength(bytes.toByteArray()) == 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the client closed the connection");
      }
      bytes.write(next);
    }
    String head = bytes.toString(ISO_8859_1);
    int length =
        head.lines()
            .filter(line -> line.regionMatches(true, 0, "Content-Length:", 0, 15))
            .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
            .findFirst()
            .orElse(0);
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.write(
        head.replaceAll("(?im)^Connection:.*\r\n", "")
            .replaceFirst("\r\n\r\n$", "\r\nConnection: close\r\n\r\n")
            .getBytes(ISO_8859_1));
    request.write(in.readNBytes(length));
    return request.toByteArray();
  }

  /** Number of bytes up to the empty line; 0 if there is none. */
  private static int headLength(byte[] message) {
    for (int end = END_OF_HEAD.length; end <= message.length; end++) {
      boolean here = true;
      for (int i = 0; i < END_OF_HEAD.length; i++) {
        here &= message[end - END_OF_HEAD.length + i] == END_OF_HEAD[i];
      }
      if (here) {
        return end;
      }
    }
    return 0;
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
