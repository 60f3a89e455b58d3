package mlopsprimer.logging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StandardErrorTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final StandardError all = new StandardError(printed);
  private final PrintStream stream = new PrintStream(all, true, UTF_8);

  @Test
  void theReasonIsTheLastLine() {
    stream.println("event=started");
    all.end("bad prices\n");
    stream.println("event=late");

    assertThat(printed.toString(UTF_8)).isEqualTo("event=started\nbad prices\n");
  }

  @Test
  void theReasonBeginsALine() {
    stream.print("Exception in thread ");
    all.end("bad prices\n");

    assertThat(printed.toString(UTF_8)).isEqualTo("Exception in thread \nbad prices\n");
  }

  @Test
  void onlyTheFirstReasonIsPrinted() {
    all.end("bad prices\n");
    all.end("ended by a signal\n");

    assertThat(printed.toString(UTF_8)).isEqualTo("bad prices\n");
  }

  @Test
  void aSuccessPrintsNothing() {
    stream.print("half");
    all.end("");

    assertThat(printed.toString(UTF_8)).isEqualTo("half");
  }

  @Test
  void theReasonIsLastWhileOtherThreadsPrint() throws InterruptedException {
    Thread[] threads =
        IntStream.range(0, 4)
            .mapToObj(i -> new Thread(() -> IntStream.range(0, 5000).forEach(stream::println)))
            .toArray(Thread[]::new);
    for (Thread thread : threads) {
      thread.start();
    }
    all.end("bad prices\n");
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(printed.toString(UTF_8)).endsWith("bad prices\n");
  }
}
