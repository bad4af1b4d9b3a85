package botdb.it.benchmark;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** A user who writes to the bot, the next message as soon as the last one is answered. */
record Writer(HttpClient client, int port, int user, String content, int posts)
    implements Callable<List<Double>> {
  private static final int CREATED = 201;

  /** Returns how many seconds each answer took. */
  @Override
  public List<Double> call() throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + port + "/api/users/" + user + "/messages"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"content\": \"" + content + "\"}"))
            .build();
    List<Double> seconds = new ArrayList<>(posts);
    for (int i = 0; i < posts; i++) {
      long start = System.nanoTime();
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != CREATED) {
        throw new IllegalStateException("the bot answers with " + answer.statusCode());
      }
      seconds.add((System.nanoTime() - start) / 1e9);
    }
    return seconds;
  }
}
