package botdb.catalog.message;

import botdb.catalog.json.JsonArrayScanner;
import botdb.catalog.json.JsonDialect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jooq.Converter;
import org.jspecify.annotations.Nullable;

/**
 * Between the text of a history and a list of messages of one version; used by the generated
 * classes.
 *
 * <p>Each message keeps its text to the byte. An empty text is an empty list; a text that is no
 * JSON array of objects is refused with {@link botdb.catalog.json.JsonFault}, not guessed at.
 *
 * @param <M> the message of the version
 */
public final class MessageListConverter<M> implements Converter<String, List<M>> {
  private static final long serialVersionUID = 1;

  private final transient Function<String, M> parse;
  private final transient Function<M, String> json;

  /** Makes a converter from the two directions of a message. */
  public MessageListConverter(Function<String, M> parse, Function<M, String> json) {
    this.parse = parse;
    this.json = json;
  }

  @Override
  public @Nullable List<M> from(@Nullable String text) {
    if (text == null) {
      return null;
    }
    List<M> messages = new ArrayList<>();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length == 0) {
      return messages;
    }
    JsonArrayScanner scanner = new JsonArrayScanner(bytes, "", JsonDialect.PYTHON);
    while (scanner.next()) {
      int length = scanner.end() - scanner.start();
      messages.add(parse.apply(new String(bytes, scanner.start(), length, StandardCharsets.UTF_8)));
    }
    return messages;
  }

  @Override
  public @Nullable String to(@Nullable List<M> messages) {
    if (messages == null) {
      return null;
    }
    StringBuilder text = new StringBuilder("[");
    for (M message : messages) {
      text.append(text.length() == 1 ? "" : ", ").append(json.apply(message));
    }
    return text.append(']').toString();
  }

  @Override
  public Class<String> fromType() {
    return String.class;
  }

  @Override
  @SuppressWarnings("unchecked") // a class literal knows nothing of what the list holds
  public Class<List<M>> toType() {
    return (Class<List<M>>) (Class<?>) List.class;
  }
}
