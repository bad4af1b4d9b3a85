package botdb.catalog.migrations;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Texts that travel in the jar. */
final class Resource {
  private Resource() {}

  /** Returns a text; null if there is none of that name. */
  static @Nullable String text(String name) {
    try (InputStream in = Resource.class.getResourceAsStream(name)) {
      return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
