package botdb.it.chat;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The two forms in which the parameters of the Bot API come. */
final class Forms {
  private static final Pattern NAME =
      Pattern.compile("name=\"([^\"]+)\"(?:; filename=\"([^\"]*)\")?");

  private Forms() {}

  static Map<String, String> read(HttpExchange exchange) throws IOException {
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    return type != null && type.startsWith("multipart/form-data")
        ? parts(body, "--" + type.replaceFirst(".*boundary=", ""))
        : pairs(body);
  }

  private static Map<String, String> pairs(String body) {
    Map<String, String> pairs = new HashMap<>();
    for (String pair : body.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        pairs.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
      }
    }
    return pairs;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static Map<String, String> parts(String body, String boundary) {
    Map<String, String> parts = new HashMap<>();
    for (String part : body.split(Pattern.quote(boundary))) {
      int content = part.indexOf("\r\n\r\n");
      Matcher name = NAME.matcher(content < 0 ? "" : part.substring(0, content));
      if (name.find()) {
        parts.put(name.group(1), part.substring(content + 4, part.length() - 2));
        if (name.group(2) != null) {
          parts.put(name.group(1) + ".name", name.group(2));
        }
      }
    }
    return parts;
  }
}
