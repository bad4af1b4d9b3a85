package botdb.bot.training;

import botdb.bot.BotApp;
import botdb.bot.command.BotCommandLine;
import botdb.bot.output.Output;
import botdb.bot.settings.Settings;
import botdb.migrations.Database;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.lang.invoke.MethodHandles;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * Does everything once that most starts do, in the working directory: creates a database, looks at
 * it, serves from it. The virtual machine is told to note which classes that takes.
 *
 * <p>It ends with status 0 only if all of it went well.
 */
public final class Training {
  private static final String DATABASE = "training.db";
  private static final String SERVING = "serving on ";
  private static final String MESSAGES = "/api/users/1/messages";

  private final Settings settings =
      Settings.of(Path.of(""), Map.of("BOT_DATABASE", DATABASE, "BOT_PORT", "0"));
  private final Output output = Output.standard();

  private Training() {}

  /** Trains. */
  public static void main(String[] args) throws Exception {
    // It is not begun there: what it prints has to be read here.
    MethodHandles.lookup().ensureInitialized(BotApp.class);
    Database.of(Path.of(DATABASE)).keepDriverIn(Settings.ofProcess().cache());
    Training training = new Training();
    training.run("status");
    training.run("migrate");
    training.run("migrate");
    training.run("status");
    training.serve();
    // The bot stops as it does at a signal.
    System.exit(0);
  }

  private void run(String command) {
    if (new BotCommandLine(output, settings).run(command) != 0) {
      throw new IllegalStateException(command + " failed");
    }
  }

  private void serve() throws IOException {
    PipedInputStream said = new PipedInputStream();
    PipedOutputStream saying = new PipedOutputStream(said);
    PrintStream notes = new PrintStream(saying, true, StandardCharsets.UTF_8);
    BotCommandLine bot = new BotCommandLine(new Output(output.results(), notes), settings);
    new Thread(() -> bot.run("serve", "--database", DATABASE), "bot").start();
    int port = URI.create(address(said)).getPort();
    ask(port, "GET", "/health", "");
    ask(port, "POST", MESSAGES, "{\"content\": \"Hello!\"}");
    ask(port, "GET", MESSAGES, "");
  }

  private static String address(InputStream said) throws IOException {
    var lines = new BufferedReader(new InputStreamReader(said, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(SERVING)) {
        return line.substring(SERVING.length());
      }
    }
    throw new IOException("the bot does not serve");
  }

  /** Over a bare socket: a client would bring classes that the bot does not need. */
  private static void ask(int port, String method, String path, String body) throws IOException {
    String request =
        method
            + " "
            + path
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            + "Content-Type: application/json\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body;
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        OutputStream out = socket.getOutputStream()) {
      out.write(request.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!answer.startsWith("HTTP/1.1 2")) {
        throw new IOException("the bot does not answer: " + answer);
      }
    }
  }
}
