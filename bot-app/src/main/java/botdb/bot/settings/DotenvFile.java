package botdb.bot.settings;

import botdb.bot.output.BotException;
import io.github.cdimascio.dotenv.Dotenv;
import io.github.cdimascio.dotenv.DotenvEntry;
import io.github.cdimascio.dotenv.DotenvException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A file {@code .env}; a class of its own, so that its library is loaded only where one exists. */
final class DotenvFile {
  private DotenvFile() {}

  static Map<String, String> read(Path folder) {
    try {
      Dotenv dotenv = Dotenv.configure().directory(folder.toAbsolutePath().toString()).load();
      Map<String, String> values = new HashMap<>();
      for (DotenvEntry entry : dotenv.entries(Dotenv.Filter.DECLARED_IN_ENV_FILE)) {
        values.put(entry.getKey(), entry.getValue());
      }
      return values;
    } catch (DotenvException e) {
      // The library's own message quotes the line, which may hold a token; so no cause either.
      throw new BotException(
          "the file .env cannot be read",
          "write one NAME=value a line, in UTF-8, readable for the user of this program");
    }
  }
}
