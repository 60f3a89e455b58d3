package mlopsprimer.api.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpParser;

/**
 * A parser that refuses a line that ends with LF alone. RFC 9112 lets a server accept such a line,
 * and Jetty's parser does. A proxy may see another request in the same bytes, so this parser does
 * not. It relies on requests having no body: all bytes that it gets belong to lines.
 */
final class StrictParser extends HttpParser {
  private byte last = '\n';
  private boolean inHead;
  private boolean lineIsEmpty = true;

  StrictParser(RequestHandler handler, int headerBytes, HttpCompliance compliance) {
    super(handler, headerBytes, compliance);
  }

  @Override
  public boolean parseNext(ByteBuffer buffer) {
    if (inHeaderState() && hasBareLineFeed(buffer)) {
      buffer.position(buffer.limit());
      badMessage(Refusal.BARE_LINE_FEED.exception());
      return false;
    }
    return super.parseNext(buffer);
  }

  @Override
  public void reset() {
    super.reset();
    last = '\n';
    inHead = false;
    lineIsEmpty = true;
  }

  /** Looks at the bytes up to the empty line that ends the request, or up to the buffer's end. */
  private boolean hasBareLineFeed(ByteBuffer buffer) {
    for (int i = buffer.position(); i < buffer.limit(); i++) {
      byte b = buffer.get(i);
      if (b == '\n') {
        if (last != '\r') {
          return true;
        }
        if (lineIsEmpty && inHead) { // an empty line before the request is skipped by the parser
          return false;
        }
        lineIsEmpty = true;
      } else if (b != '\r') {
        inHead = true;
        lineIsEmpty = false;
      }
      last = b;
    }
    return false;
  }
}
