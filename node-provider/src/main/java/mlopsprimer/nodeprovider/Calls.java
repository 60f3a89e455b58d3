package mlopsprimer.nodeprovider;

import com.google.protobuf.Any;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import pulumirpc.Provider.ErrorResourceInitFailed;

/** Answers the engine's calls; what failed is told in the way that it understands. */
final class Calls {
  private final Set<Thread> working = ConcurrentHashMap.newKeySet();

  <T> void answer(StreamObserver<T> engine, Callable<T> work) {
    working.add(Thread.currentThread());
    T result;
    try {
      result = work.call();
    } catch (Exception e) {
      engine.onError(failure(e));
      return;
    } finally {
      working.remove(Thread.currentThread());
      Thread.interrupted(); // gRPC uses the thread again
    }
    engine.onNext(result);
    engine.onCompleted();
  }

  void interruptOthers() {
    working.stream().filter(thread -> thread != Thread.currentThread()).forEach(Thread::interrupt);
  }

  /** What was done by halves is told with what there is of it. */
  static Properties whole(Kind kind, Callable<Properties> work) throws Exception {
    try {
      return work.call();
    } catch (PartlyDoneException e) {
      ErrorResourceInitFailed partly =
          ErrorResourceInitFailed.newBuilder()
              .setId(kind.idOf(e.state()))
              .setProperties(e.state().struct())
              .addReasons(e.getMessage())
              .build();
      throw StatusProto.toStatusException(
          com.google.rpc.Status.newBuilder()
              .setCode(Status.Code.UNKNOWN.value())
              .setMessage(e.getMessage())
              .addDetails(Any.pack(partly))
              .build());
    }
  }

  private static StatusException failure(Exception e) {
    if (e instanceof StatusException told) {
      return told;
    }
    if (e instanceof InterruptedException) {
      return Status.CANCELLED.withDescription("interrupted: 'pulumi up' goes on").asException();
    }
    String message = e instanceof NodeException ? e.getMessage() : e.toString();
    return Status.UNKNOWN.withDescription(message).withCause(e).asException();
  }
}
