package mlopsprimer.trainer.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/** Answer of a server to a request, or a fault in place of an answer. */
interface Answer {
  /**
   * @param out writes to the socket, and counts the bytes
   */
  void send(Socket socket, OutputStream out) throws IOException, InterruptedException;

  static Answer json(String body) {
    return of(200, Map.of("Content-Type", "application/json"), body.getBytes(UTF_8));
  }

  static Answer text(int status, String type, String body) {
    return of(status, Map.of("Content-Type", type), body.getBytes(UTF_8));
  }

  static Answer status(int status) {
    return text(status, "text/plain", "status " + status);
  }

  /** Status 429 with this {@code Retry-After}. The clock of the server shows noon. */
  static Answer rateLimit(String retryAfter) {
    return of(
        429,
        Map.of("Retry-After", retryAfter, "Date", "Mon, 23 Nov 2026 12:00:00 GMT"),
        "Too Many Requests".getBytes(UTF_8));
  }

  static Answer zipped(int status, byte[] gzip) {
    return of(status, Map.of("Content-Encoding", "gzip", "Content-Type", "application/json"), gzip);
  }

  static Answer of(int status, Map<String, String> headers, byte[] body) {
    return (socket, out) -> {
      out.write(head(status, body.length, headers));
      out.write(body);
    };
  }

  /** Announces more bytes than it sends, then closes the connection without a reset. */
  static Answer cutShort(String body, int missing) {
    return (socket, out) -> {
      byte[] bytes = body.getBytes(UTF_8);
      out.write(head(200, bytes.length, Map.of()));
      out.write(bytes, 0, bytes.length - missing);
    };
  }

  /** Sends half of the body, then resets the connection. */
  static Answer reset(String body) {
    return (socket, out) -> {
      byte[] bytes = body.getBytes(UTF_8);
      out.write(head(200, bytes.length, Map.of()));
      out.write(bytes, 0, bytes.length / 2);
      out.flush();
      socket.setSoLinger(true, 0);
    };
  }

  /** Sends one byte per {@code millis} milliseconds. */
  static Answer dripping(String body, int millis) {
    return (socket, out) -> {
      byte[] bytes = body.getBytes(UTF_8);
      out.write(head(200, bytes.length, Map.of()));
      for (byte one : bytes) {
        out.write(one);
        out.flush();
        Thread.sleep(millis);
      }
    };
  }

  /** Reads the request and never answers. */
  static Answer silence() {
    return (socket, out) -> socket.getInputStream().read();
  }

  /** Sends a body that has no length and no end. */
  static Answer endless(int status) {
    return (socket, out) -> {
      out.write(head(status, -1, Map.of()));
      byte[] chunk = " ".repeat(1 << 16).getBytes(UTF_8);
      while (true) {
        out.write(chunk);
      }
    };
  }

  static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] head(int status, int length, Map<String, String> headers) {
    Map<String, String> all = new TreeMap<>(headers);
    all.put("Connection", "close");
    if (length >= 0) {
      all.put("Content-Length", String.valueOf(length));
    }
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " As scripted\r\n");
    all.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    return head.append("\r\n").toString().getBytes(UTF_8);
  }
}
