package botdb.it.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A bot that serves.
 *
 * @param output where it says what it does
 * @param startUp from its start to its first answer
 */
record Serving(Process process, int port, Path output, Quantity startUp) implements AutoCloseable {
  private static final String ASK =
      "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
  private static final String ANSWER = "HTTP/1.1 200 OK";
  private static final int LIMIT_SECONDS = 60;

  /** Starts a bot and waits until its port answers. */
  static Serving start(Program program, Path folder) throws IOException, InterruptedException {
    int port = freePort();
    Path output = folder.resolve("serve.txt");
    Program serve = program.withSetting("BOT_PORT", String.valueOf(port));
    long start = System.nanoTime();
    Process process = serve.start(folder, output);
    while (!answers(port)) {
      boolean ended = process.waitFor(1, TimeUnit.MILLISECONDS);
      if (ended || System.nanoTime() - start > TimeUnit.SECONDS.toNanos(LIMIT_SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("does not serve: " + Files.readString(output));
      }
    }
    return new Serving(process, port, output, Quantity.seconds((System.nanoTime() - start) / 1e9));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static boolean answers(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(ASK.getBytes(StandardCharsets.UTF_8));
      BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      return ANSWER.equals(reader.readLine());
    } catch (ConnectException e) {
      return false;
    }
  }

  /** Returns what it has said so far. */
  String said() throws IOException {
    return Files.readString(output);
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
