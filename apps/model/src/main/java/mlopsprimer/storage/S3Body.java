package mlopsprimer.storage;

import java.io.IOException;
import java.util.Optional;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * The body of an answer, which is read only if it is not too large.
 *
 * @param bytes empty if the body is larger than the caller accepts
 * @param size size of the body, or the least that it can be
 */
record S3Body(Optional<byte[]> bytes, long size, String tag) {

  /** Reads bodies of at most {@code most} bytes. A body that ends too early is asked for again. */
  static ResponseTransformer<GetObjectResponse, S3Body> atMost(long most) {
    return (answer, in) -> {
      Long size = answer.contentLength();
      if (size != null && size > most) {
        in.abort();
        return new S3Body(Optional.empty(), size, answer.eTag());
      }
      byte[] bytes = read(in, (int) Math.min(most, Integer.MAX_VALUE - 9) + 1);
      if (bytes.length > most) {
        in.abort();
        return new S3Body(Optional.empty(), bytes.length, answer.eTag());
      }
      if (size != null && bytes.length != size) {
        throw cut("%d of %d bytes".formatted(bytes.length, size), null);
      }
      return new S3Body(Optional.of(bytes), bytes.length, answer.eTag());
    };
  }

  private static byte[] read(AbortableInputStream in, int most) {
    try {
      return in.readNBytes(most);
    } catch (IOException e) {
      throw cut(e.toString(), e);
    }
  }

  private static RetryableException cut(String what, IOException cause) {
    return RetryableException.builder().message("cut answer: " + what).cause(cause).build();
  }
}
