package botdb.bot.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Answers of the server itself, to requests that never reach a handler; its own are in HTML. */
final class JsonErrors extends ErrorHandler {

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.write(true, body(response.getStatus()), callback);
    return true;
  }

  private static ByteBuffer body(int status) {
    String json = Problem.ofStatus(status).json();
    return ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8));
  }
}
