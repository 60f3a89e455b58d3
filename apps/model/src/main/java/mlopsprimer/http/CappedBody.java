package mlopsprimer.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/**
 * Collects the body of an HTTP response up to a limit. If the body is longer, this class closes the
 * connection, and either refuses the body or returns its start.
 */
public final class CappedBody implements BodySubscriber<byte[]> {
  /** A body that is longer than its limit. */
  public static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    private TooLargeException(int limit) {
      super("the answer has more than " + limit + " bytes");
    }
  }

  private final int limit;
  private final boolean whole;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CompletableFuture<byte[]> body = new CompletableFuture<>();
  private Flow.Subscription subscription;

  private CappedBody(int limit, boolean whole) {
    this.limit = limit;
    this.whole = whole;
  }

  /**
   * Collects the whole body. A longer body fails with {@link TooLargeException}.
   *
   * @param limit most bytes
   */
  public static CappedBody whole(int limit) {
    return new CappedBody(limit, true);
  }

  /**
   * Collects the start of the body, for a message that quotes it.
   *
   * @param limit most bytes
   */
  public static CappedBody startOf(int limit) {
    return new CappedBody(limit, false);
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Flow.Subscription newSubscription) {
    subscription = newSubscription;
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      if (bytes.size() + buffer.remaining() > limit) {
        subscription.cancel();
        if (whole) {
          body.completeExceptionally(new TooLargeException(limit));
        } else {
          body.complete(bytes.toByteArray());
        }
        return;
      }
      byte[] chunk = new byte[buffer.remaining()];
      buffer.get(chunk);
      bytes.writeBytes(chunk);
    }
  }

  @Override
  public void onError(Throwable failure) {
    body.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    body.complete(bytes.toByteArray());
  }
}
