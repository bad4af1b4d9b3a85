package botdb.it.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * A {@code docker-compose.yml}, and the commands that documents show for it.
 *
 * @param content as YAML has it
 */
record ComposeFile(Map<?, ?> content) {
  private static final Pattern COMMAND = Pattern.compile("docker[- ]compose +([^`\\n]+)");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+):([-?])(.*)}");

  static ComposeFile read(Path file) throws IOException {
    Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
    return new ComposeFile((Map<?, ?>) yaml.load(Files.readString(file)));
  }

  /** The commands of a document, in blocks and in its text: {@code exec bot bot status}. */
  static List<String> commands(Path document) throws IOException {
    return COMMAND
        .matcher(Files.readString(document))
        .results()
        .map(found -> found.group(1).strip())
        .toList();
  }

  /** Returns the names of the services that there are with these profiles. */
  List<String> services(Set<String> profiles) {
    return ((Map<?, ?>) content.get("services"))
        .keySet().stream()
            .map(String.class::cast)
            .filter(
                name ->
                    !(service(name).get("profiles") instanceof List<?> own)
                        || own.stream().anyMatch(profiles::contains))
            .toList();
  }

  /**
   * Returns what is said of a service.
   *
   * @throws AssertionError if there is no such service
   */
  Map<?, ?> service(String name) {
    Map<?, ?> services = (Map<?, ?>) content.get("services");
    if (services.get(name) instanceof Map<?, ?> service) {
      return service;
    }
    throw new AssertionError("there is no service " + name + " but " + services.keySet());
  }

  /**
   * Returns the settings of a service.
   *
   * @param dotenv what stands in the {@code .env} beside this file
   * @throws AssertionError if something is missing there that has to be
   */
  Map<String, String> environment(String service, Map<String, String> dotenv) {
    Map<String, String> settings = new LinkedHashMap<>();
    ((Map<?, ?>) service(service).get("environment"))
        .forEach((name, text) -> settings.put((String) name, filled((String) text, dotenv)));
    return settings;
  }

  private static String filled(String text, Map<String, String> dotenv) {
    Matcher variable = VARIABLE.matcher(text);
    if (!variable.matches()) {
      return text;
    }
    String value = dotenv.getOrDefault(variable.group(1), "");
    if (value.isEmpty() && variable.group(2).equals("?")) {
      throw new AssertionError(variable.group(3));
    }
    return value.isEmpty() ? variable.group(3) : value;
  }
}
