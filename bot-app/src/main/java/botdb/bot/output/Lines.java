package botdb.bot.output;

/** Takes lines of text, wherever they go: a stream, a log. */
public interface Lines {

  /** Takes one line, without its end. */
  void add(String line);
}
