package mlopsprimer.nodeprovider.rpc;

import com.google.protobuf.Any;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import pulumirpc.Provider.ErrorResourceInitFailed;

/** Answers the calls of Pulumi's engine. A failure becomes a gRPC status with a message. */
final class Calls {
  private final Set<Thread> working = ConcurrentHashMap.newKeySet();
  private volatile boolean cancelled;

  /** Does the work of one call, and sends the result or the failure to the engine. */
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
      Thread.interrupted(); // gRPC uses this thread for other calls
    }
    engine.onNext(result);
    engine.onCompleted();
  }

  /**
   * Does the work of one call, unless the user has cancelled the update. The engine may have sent
   * the call before it knew that. Its work could take long, and would not be interrupted any more.
   */
  <T> void answerUnlessCancelled(StreamObserver<T> engine, Callable<T> work) {
    answer(
        engine,
        () -> {
          // interruptOthers sets the flag before it looks for threads, so one of both ends the
          // work.
          if (cancelled) {
            throw new InterruptedException("the update was cancelled before this call");
          }
          return work.call();
        });
  }

  /** Interrupts the threads of all other running calls, and refuses later work. */
  void interruptOthers() {
    cancelled = true;
    working.stream().filter(thread -> thread != Thread.currentThread()).forEach(Thread::interrupt);
  }

  /** The failure of a call that did a part of its work. Pulumi stores the state of that part. */
  static StatusException partlyDone(String id, PropertyMap state, String message) {
    ErrorResourceInitFailed partly =
        ErrorResourceInitFailed.newBuilder()
            .setId(id)
            .setProperties(state.struct())
            .addReasons(message)
            .build();
    return StatusProto.toStatusException(
        com.google.rpc.Status.newBuilder()
            .setCode(Status.Code.UNKNOWN.value())
            .setMessage(message)
            .addDetails(Any.pack(partly))
            .build());
  }

  private static StatusException failure(Exception e) {
    if (e instanceof StatusException status) {
      return status;
    }
    if (e instanceof InterruptedException) {
      return Status.CANCELLED
          .withDescription("interrupted: repeat the command, which continues from here")
          .asException();
    }
    String message = e instanceof ResourceException ? e.getMessage() : e.toString();
    return Status.UNKNOWN.withDescription(message).withCause(e).asException();
  }
}
