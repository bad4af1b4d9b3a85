package botdb.bot.http;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.migrations.Database;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SlowClientsTests {
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofSeconds(50);

  private final CountDownLatch stopped = new CountDownLatch(1);
  private final AtomicInteger quick = new AtomicInteger();
  private HttpServer server;

  private int serve(Limits limits) {
    Routes routes =
        added -> {
          added.get("/quick", this::answer, Door.OPEN);
          added.get("/slow", context -> stopped.await(), Door.OPEN);
          added.post("/body", context -> Requests.body(context, 100), Door.OPEN);
        };
    Database file = Database.of(Path.of("none.db"));
    server = HttpServer.start("127.0.0.1", 0, file, List.of(routes), limits);
    return URI.create(server.url()).getPort();
  }

  private void answer(Context context) {
    quick.incrementAndGet();
    context.result("quick");
  }

  @AfterEach
  void stop() {
    stopped.countDown();
    server.close();
  }

  private static Socket connect(int port, String request) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    write(socket, request);
    return socket;
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  /** Sends byte after byte, one each time the clock of the socket has run out, until cut off. */
  private static void trickleUntilCutOff(Socket socket) throws IOException {
    socket.setSoTimeout(20);
    OutputStream out = socket.getOutputStream();
    boolean open = true;
    while (open) {
      try {
        out.write('x');
        out.flush();
        open = socket.getInputStream().read() >= 0;
      } catch (SocketTimeoutException e) {
        // Still open, and nothing to read.
      } catch (SocketException e) {
        open = false;
      }
    }
  }

  @Test
  void a_head_that_comes_byte_by_byte_is_cut_off() throws IOException {
    int port = serve(new Limits(10, LONG, SHORT, LONG, LONG));
    try (Socket socket = connect(port, "GET /quick HTTP/1.1\r\nX-Slow: ")) {
      trickleUntilCutOff(socket);
    }
  }

  @Test
  void the_second_head_of_a_connection_is_no_exception() throws IOException {
    int port = serve(new Limits(10, LONG, SHORT, LONG, LONG));
    try (Socket socket = connect(port, "GET /quick HTTP/1.1\r\nHost: x\r\n\r\n")) {
      readAnswer(socket);
      write(socket, "GET /quick HTTP/1.1\r\nX-Slow: ");
      trickleUntilCutOff(socket);
    }
  }

  @Test
  void a_body_that_comes_byte_by_byte_is_cut_off() throws IOException {
    int port = serve(new Limits(10, LONG, LONG, SHORT, LONG));
    try (Socket socket =
        connect(port, "POST /body HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n")) {
      trickleUntilCutOff(socket);
    }
  }

  @Test
  void an_answer_that_takes_too_long_is_given_up() throws IOException {
    int port = serve(new Limits(10, LONG, LONG, LONG, SHORT));
    try (Socket socket = connect(port, "GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")) {
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    } catch (SocketException e) {
      assertThat(e).hasMessageContaining("reset");
    }
  }

  @Test
  void a_connection_on_which_nothing_happens_is_closed() throws IOException {
    int port = serve(new Limits(10, SHORT, LONG, LONG, LONG));
    try (Socket socket = connect(port, "")) {
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void one_connection_too_many_waits_until_another_ends() throws IOException {
    int port = serve(new Limits(1, LONG, LONG, LONG, LONG));
    String request = "GET /quick HTTP/1.1\r\nHost: x\r\n\r\n";
    Socket first = connect(port, request);
    readAnswer(first);
    try (Socket second = connect(port, request)) {
      for (int i = 2; i < 50; i++) {
        write(first, request);
        readAnswer(first);
        assertThat(quick).hasValue(i);
      }
      first.close();
      readAnswer(second);
    }
  }

  private static void readAnswer(Socket socket) throws IOException {
    while (socket.getInputStream().read() != 'k') {
      // Up to the end of the answer.
    }
  }
}
